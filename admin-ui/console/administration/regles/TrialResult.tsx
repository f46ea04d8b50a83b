import { Alert, Box, LinearProgress, Link as MuiLink, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { EssaiHit } from '../../../../domain/contract/regle.contract.ts';
import { useDates } from '../../../shared/words/use-dates.ts';
import type { TrialState } from './use-trial.ts';

const SHOWN = 100;

/** What a setting would have done to past soumissions: how many, and which. */
export function TrialResult({ trial }: { readonly trial: TrialState }) {
  const translate = useTranslate();
  const { total, examined, blocked, freed, warned, done, refusal } = trial;
  if (refusal !== undefined) return <Alert severity="error">{refusal}</Alert>;
  return (
    <Box role="status" sx={{ mt: 2 }}>
      {!done && (
        <>
          <LinearProgress
            variant={total === 0 ? 'indeterminate' : 'determinate'}
            value={total === 0 ? 0 : (100 * examined) / total}
            aria-label={translate('suivi.regle.trying', { examined, total })}
          />
          <Typography>{translate('suivi.regle.trying', { examined, total })}</Typography>
        </>
      )}
      <Typography sx={{ fontWeight: 600 }}>
        {translate('suivi.regle.blocked', { smart_count: blocked.length, examined })}
      </Typography>
      <Hits hits={blocked} />
      {freed.length > 0 && (
        <>
          <Typography sx={{ fontWeight: 600 }}>
            {translate('suivi.regle.freed', { smart_count: freed.length })}
          </Typography>
          <Hits hits={freed} />
        </>
      )}
      <Typography>{translate('suivi.regle.warned', { smart_count: warned })}</Typography>
    </Box>
  );
}

function Hits({ hits }: { readonly hits: readonly EssaiHit[] }) {
  const translate = useTranslate();
  const { date } = useDates();
  return (
    <Box component="ul" sx={{ mt: 0.5, maxHeight: 260, overflow: 'auto' }}>
      {hits.slice(0, SHOWN).map(({ soumission, titre, organisme, deposeeLe, statut, faults }) => (
        <li key={soumission}>
          <MuiLink component={Link} to={`/soumissions/${soumission}`} target="_blank">
            {titre || translate('sofi.state.unknown')}
          </MuiLink>{' '}
          <Typography component="span" variant="body2" color="text.secondary">
            {organisme} · {date(deposeeLe)} · {translate(`sofi.statut.${statut}`, { _: statut })} · {faults[0]?.message}
          </Typography>
        </li>
      ))}
      {hits.length > SHOWN && <li>{translate('suivi.regle.more', { count: hits.length - SHOWN })}</li>}
    </Box>
  );
}
