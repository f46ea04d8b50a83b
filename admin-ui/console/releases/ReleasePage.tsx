import { Box, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, usePermissions, useTranslate } from 'react-admin';
import { useParams } from 'react-router';
import type { z } from 'zod';
import type { release } from '../../../domain/contract/release.contract.ts';
import { keptOutWords } from '../../../domain/model/kept-out.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { DifferencePanel } from './DifferencePanel.tsx';
import { FilesPanel } from './FilesPanel.tsx';
import { ReasonButton } from './ReasonButton.tsx';
import { RollBackPreview } from './RollBackPreview.tsx';

type Release = z.infer<typeof release>;
const POLL_MS = 3_000;

/** One release: where it stands, what it moves, its files, what stayed out, and what an administrator may do. */
export function ReleasePage() {
  const translate = useTranslate();
  const n = Number(useParams().id);
  const { data, error, refetch } = useQuery({
    queryKey: ['releases', n],
    queryFn: async () => (await callApi<Release>(`/releases/${n}`)).json,
    refetchInterval: (query) => (query.state.data?.step === 'done' ? false : POLL_MS),
  });
  const name = translate('diffusion.one', { n });
  return (
    <>
      <Title title={name} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center', mb: 1.5 }}>
        <Typography variant="h1" sx={{ flex: 1 }}>
          {name}
        </Typography>
        {data !== undefined && <Acts {...data} />}
      </Box>
      {data === undefined ? (
        <LoadState error={error} retry={() => void refetch()} />
      ) : (
        <Stack spacing={2}>
          <Facts {...data} />
          <DifferencePanel n={n} difference={data.difference} />
          <KeptOut {...data} />
          <FilesPanel {...data} />
        </Stack>
      )}
    </>
  );
}

/** Only what can be done at this point, by administrators. */
function Acts({ n, state, paused, organismes, kind, reason }: Release) {
  const translate = useTranslate();
  const { permissions } = usePermissions<string>();
  if (permissions !== 'administrateur') return null;
  const waits = paused !== null && (state === 'open' || (state === 'stopped' && reason === 'urgence'));
  const kept = state === 'published' && organismes.length > 0;
  return (
    <>
      {state === 'open' && paused === null && (
        <ReasonButton path={`/releases/${n}/pause`} label="diffusion.acts.pause" />
      )}
      {waits && <ReasonButton path={`/releases/${n}/resume`} label="diffusion.acts.resume" />}
      {kind === 'normal' && ((state === 'stopped' && !waits) || state === 'open' || kept) && (
        <ReasonButton path={`/releases/${n}/force`} label="diffusion.acts.force" color="warning" />
      )}
      {state === 'published' && (
        <ReasonButton
          path={`/releases/${n}/rollback`}
          label="diffusion.acts.rollback"
          title={translate('diffusion.rollback.title', { n })}
          color="error"
        >
          <RollBackPreview n={n} />
        </ReasonButton>
      )}
    </>
  );
}

function Facts({ state, step, counts, gone, organismes, reason, forced, paused }: Release) {
  const translate = useTranslate();
  const lines = [
    `${translate(`console.release.states.${state}`, { _: state })} (${translate(`console.release.steps.${step}`, { _: step })})`,
    reason === null ? '' : translate(`diffusion.reasons.${reason}`, { _: reason }),
    counts === null ? '' : translate('console.release.countsWords', counts),
    gone === null ? '' : `${translate('diffusion.gone')} : ${translate('diffusion.goneWords', gone)}`,
    organismes.length === 0 ? '' : translate('diffusion.kept', { count: organismes.length }),
    paused === null ? '' : `${translate('diffusion.acts.pause')} : ${paused.reason}`,
    forced === null ? '' : `${translate('diffusion.acts.force')} : ${forced.reason}`,
  ].filter((line) => line !== '');
  return (
    <Panel title={translate('diffusion.facts')}>
      {lines.map((line) => (
        <Typography key={line}>{line}</Typography>
      ))}
    </Panel>
  );
}

function KeptOut({ keptOut }: Release) {
  const translate = useTranslate();
  const lang = useLang();
  return (
    <Panel title={translate('diffusion.keptOut')}>
      {keptOut.length === 0 ? (
        <Typography>{translate('diffusion.nobody')}</Typography>
      ) : (
        <Box component="ul" sx={{ m: 0 }}>
          {keptOut.map(({ fiche, numero, reason }) => (
            <li key={fiche}>
              {numero === '' ? fiche : numero} : {keptOutWords(reason)[lang]} ({reason})
            </li>
          ))}
        </Box>
      )}
    </Panel>
  );
}
