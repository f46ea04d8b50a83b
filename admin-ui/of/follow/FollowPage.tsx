import { Alert, Box, Button, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { alignFiche } from '../../shared/fiche/align.ts';
import { FicheView } from '../../shared/fiche/FicheView.tsx';
import { callApi } from '../../shared/http/api.ts';
import { pollMs } from '../../shared/live/live-state.ts';
import { ConflictsNotice } from '../../shared/parts/ConflictsNotice.tsx';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { Promises } from '../../shared/parts/Promises.tsx';
import { StatutChip } from '../../shared/parts/StatutChip.tsx';
import { Timeline } from '../../shared/parts/Timeline.tsx';
import { MendsPanel } from '../../shared/vie/MendsPanel.tsx';
import { TalkPanel } from '../../shared/vie/TalkPanel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { Checks } from './Checks.tsx';
import { ReviseButton } from './ReviseButton.tsx';
import { WithdrawButton } from './WithdrawButton.tsx';

const POLL_MS = 5_000;

/** Where a fiche stands: its promises, what is asked, each step; the same facts as the moderator's. */
export function FollowPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['soumission', id, 'suivi'],
    queryFn: async ({ signal }) => (await callApi<SoumissionDto>(`/soumissions/${id}`, { signal })).json,
    refetchInterval: () => pollMs(POLL_MS),
  });
  if (data === undefined) return <LoadState error={error} retry={refetch} />;
  return <Followed soumission={data} />;
}

function Followed({ soumission }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const lang = useLang();
  const { id, titre, statut, horsRelease, decision, echeances, timeline, document, accepted } = soumission;
  const editable = statut === 'brouillon' || statut === 'correctionsDemandees';
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={translate('of.follow.title')} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {titre || translate('of.home.untitled')}
        </Typography>
        <StatutChip statut={statut} />
      </Box>
      {horsRelease !== null && <Alert severity="warning">{horsRelease[lang]}</Alert>}
      {statut === 'refusee' && decision !== null && (
        <Alert severity="error">{translate('of.follow.refusal', { motif: decision.motif ?? '' })}</Alert>
      )}
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1 }}>
        {editable && (
          <Button component={Link} to={`/saisie/${id}`} variant="contained">
            {translate(statut === 'brouillon' ? 'of.follow.edit' : 'of.home.answer')}
          </Button>
        )}
        <ReviseButton soumission={soumission} />
        <WithdrawButton soumission={soumission} />
      </Box>
      <ConflictsNotice soumission={soumission} />
      <Checks soumission={soumission} />
      <MendsPanel soumission={soumission} mayObject />
      {echeances && (
        <Panel title={translate('of.follow.promises')}>
          <Promises promises={echeances} />
        </Panel>
      )}
      {statut !== 'brouillon' && <TalkPanel id={id} noun="messages" />}
      <Panel title={translate('of.follow.steps')}>
        <Timeline items={timeline} />
      </Panel>
      <Panel title={translate('of.follow.content')}>
        <FicheView
          section={alignFiche(document, accepted?.document ?? null)}
          document={document}
          accepted={accepted?.document ?? null}
          whole
        />
      </Panel>
    </Stack>
  );
}
