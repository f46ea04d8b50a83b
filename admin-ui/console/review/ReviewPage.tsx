import { Alert, Box, FormControlLabel, Stack, Switch, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useParams } from 'react-router';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { alignFiche, countChanges } from '../../shared/fiche/align.ts';
import { FicheView } from '../../shared/fiche/FicheView.tsx';
import { ConflictsNotice } from '../../shared/parts/ConflictsNotice.tsx';
import { DueClock } from '../../shared/parts/DueClock.tsx';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { StatutChip } from '../../shared/parts/StatutChip.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { AskPanel } from '../decide/AskPanel.tsx';
import { DecideBar } from '../decide/DecideBar.tsx';
import { RefusalNotice } from '../decide/RefusalNotice.tsx';
import { StaleNotice } from '../decide/StaleNotice.tsx';
import { type Decide, useDecide } from '../decide/use-decide.ts';
import { useAmberHours } from '../promesse/settings-query.ts';
import { SidePanels } from './SidePanels.tsx';
import { soumissionQuery } from './soumission-query.ts';
import { useKeepClaim } from './use-keep-claim.ts';
import { useQueueWalk } from './use-queue-walk.ts';

/** One soumission to decide on; each has its own state, so that the next one starts clean. */
export function ReviewPage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(soumissionQuery(id));
  if (data === undefined || (error && data === undefined)) return <LoadState error={error} retry={refetch} />;
  return <Review key={id} fresh={data} />;
}

function Review({ fresh }: { readonly fresh: SoumissionDto }) {
  const translate = useTranslate();
  const [looked, setLooked] = useState(fresh);
  const stale = looked.version !== fresh.version;
  const shown = stale ? looked : fresh;
  const walk = useQueueWalk(fresh.id);
  const amber = useAmberHours();
  const decide = useDecide({ soumission: shown, onDecided: walk.next });
  const lang = useLang();
  useKeepClaim(fresh.id, fresh.claim?.mine === true);
  return (
    <>
      <Title title={translate('console.review.title')} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 1 }}>
        <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
          {shown.titre || translate('sofi.state.unknown')}
        </Typography>
        <StatutChip statut={fresh.statut} />
        <DueClock due={fresh.due} amber={amber} />
        <Typography color="text.secondary">
          {translate(`sofi.kind.${shown.kind}`)} · {translate('console.review.version', { n: shown.version })}
          {walk.rank > 0 ? ` · ${translate('console.review.position', { rank: walk.rank, total: walk.total })}` : ''}
        </Typography>
      </Box>
      {fresh.horsRelease !== null && <Alert severity="warning">{fresh.horsRelease[lang]}</Alert>}
      <DecideBar soumission={shown} decide={decide} walk={walk} />
      <RefusalNotice soumission={shown} decide={decide} />
      <ConflictsNotice soumission={shown} />
      {stale && <StaleNotice looked={looked} fresh={fresh} onSeen={() => setLooked(fresh)} />}
      <Box
        sx={{
          display: 'grid',
          gap: 2,
          gridTemplateColumns: { xs: '1fr', md: 'minmax(0, 5fr) minmax(300px, 3fr)' },
          mt: 1,
        }}
      >
        <Content soumission={shown} decide={decide} />
        <Stack sx={{ gap: 2 }}>
          {decide.state.mode !== 'read' && <AskPanel soumission={shown} decide={decide} />}
          <SidePanels soumission={shown} />
        </Stack>
      </Box>
    </>
  );
}

function Content({ soumission, decide }: { readonly soumission: SoumissionDto; readonly decide: Decide }) {
  const translate = useTranslate();
  const { document, accepted } = soumission;
  const [wanted, setWanted] = useState(false);
  const creation = accepted === null;
  const asking = decide.state.mode === 'ask';
  const section = alignFiche(document, accepted?.document ?? null);
  const title = translate(creation ? 'console.review.proposal' : 'console.review.changes');
  return (
    <Box
      component="section"
      aria-label={title}
      sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1, p: 2, minWidth: 0 }}
    >
      <Box sx={{ display: 'flex', flexWrap: 'wrap', justifyContent: 'space-between', gap: 1 }}>
        <Typography variant="h2">{title}</Typography>
        {!creation && (
          <FormControlLabel
            control={<Switch checked={wanted || asking} onChange={(_event, on) => setWanted(on)} />}
            label={translate('console.review.whole')}
          />
        )}
      </Box>
      {!creation && countChanges(section) === 0 && <Typography>{translate('console.review.noChange')}</Typography>}
      <FicheView
        section={section}
        document={document}
        accepted={accepted?.document ?? null}
        whole={creation || wanted || asking}
        {...(asking
          ? {
              onField: (path: string) => decide.dispatch({ kind: 'toggleField', path }),
              asked: new Set(decide.state.champs.map(({ path }) => path)),
            }
          : {})}
      />
    </Box>
  );
}
