import { Link as MuiLink, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { Panel } from '../../shared/parts/Panel.tsx';
import { Promises } from '../../shared/parts/Promises.tsx';
import { Timeline } from '../../shared/parts/Timeline.tsx';
import { MendsPanel } from '../../shared/vie/MendsPanel.tsx';
import { TalkPanel } from '../../shared/vie/TalkPanel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { LookAlikesPanel } from '../look-alikes/LookAlikesPanel.tsx';
import { ChecksPanel } from './ChecksPanel.tsx';

interface Props {
  readonly soumission: SoumissionDto;
}

/** What a decision leans on beside the fiche: checks, organisme, CPF, promises, timeline. */
export function SidePanels({ soumission }: Props) {
  const translate = useTranslate();
  return (
    <>
      <MendsPanel soumission={soumission} mayObject={false} />
      <ChecksPanel soumission={soumission} />
      <LookAlikesPanel soumission={soumission} />
      <OrganismePanel soumission={soumission} />
      <CpfPanel soumission={soumission} />
      {soumission.echeances && (
        <Panel title={translate('of.follow.promises')}>
          <Promises promises={soumission.echeances} />
        </Panel>
      )}
      <TalkPanel id={soumission.id} noun="messages" />
      <TalkPanel id={soumission.id} noun="notes" />
      <Panel title={translate('sofi.timeline.title')}>
        <Timeline items={soumission.timeline} />
        {soumission.workflowUrl !== null && (
          <MuiLink href={soumission.workflowUrl} target="_blank" rel="noreferrer">
            {translate('console.review.temporal')}
          </MuiLink>
        )}
      </Panel>
    </>
  );
}

function OrganismePanel({ soumission: { organisme, organismeSoumission, fiche } }: Props) {
  const translate = useTranslate();
  if (fiche.kind === 'organisme') return null;
  return (
    <Panel title={translate('console.review.organisme')}>
      {organismeSoumission === null ? (
        <MuiLink component={Link} to={`/organismes/${organisme.id}`}>
          {organisme.nom}
        </MuiLink>
      ) : (
        <>
          <Typography>{organisme.nom}</Typography>
          <Typography variant="body2" color="warning.main">
            {translate('console.review.organismeOpen')}{' '}
            <MuiLink component={Link} to={`/soumissions/${organismeSoumission}`}>
              {translate('console.review.organismeReview')}
            </MuiLink>
          </Typography>
        </>
      )}
    </Panel>
  );
}

function CpfPanel({ soumission: { cpf, document, fiche } }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  if (fiche.kind === 'organisme') return null;
  const sessionPath = (id: string) => {
    const action =
      document.kind === 'formation'
        ? document.actions.find(({ sessions }) => sessions.some((it) => it.id === id))
        : undefined;
    return action === undefined ? `/sessions/${id}` : `/actions/${action.id}/sessions/${id}`;
  };
  return (
    <Panel title={translate('console.review.cpf')}>
      {cpf.length === 0 && <Typography variant="body2">{translate('console.review.noCpf')}</Typography>}
      <Stack component="ul" sx={{ listStyle: 'none', p: 0, m: 0, gap: 0.5 }}>
        {cpf.map(({ session, answer, code, reasons }) => (
          <li key={session}>
            <Typography variant="body2">
              {pathLabel(sessionPath(session), document, lang)} : <strong>{translate(`sofi.cpf.${answer}`)}</strong>
              {code === null ? '' : ` (${code})`}
            </Typography>
            {reasons.length > 0 && (
              <Typography variant="body2" color="text.secondary">
                {reasons.map((reason) => translate(`sofi.cpfReason.${reason}`, { _: reason })).join(' ; ')}
              </Typography>
            )}
          </li>
        ))}
      </Stack>
    </Panel>
  );
}
