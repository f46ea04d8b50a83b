import { Box, Chip, Stack, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { echeance, echeances } from '../../../domain/contract/soumission.contract.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import { CLOCKS } from '../../../domain/model/vocabulary.ts';
import { describeDue } from '../../../domain/model/words.ts';
import { useLang } from '../words/use-lang.ts';
import { useNow } from './use-now.ts';

type Echeance = z.infer<typeof echeance>;
type State = 'late' | 'running' | 'paused' | 'kept' | 'missed' | 'closed';
const COLOURS = {
  late: 'error',
  missed: 'error',
  kept: 'success',
  paused: 'warning',
  running: 'default',
  closed: 'default',
} as const;

function stateOf({ stopped, kept, paused, due }: Echeance, now: number): State {
  if (stopped !== undefined) return kept === undefined ? 'closed' : kept ? 'kept' : 'missed';
  if (paused === true) return 'paused';
  return now > Date.parse(due) ? 'late' : 'running';
}

/** The three promises of a soumission: due when, kept or missed. */
export function Promises({ promises }: { readonly promises: z.infer<typeof echeances> }) {
  const translate = useTranslate();
  const lang = useLang();
  const now = useNow();
  return (
    <Stack component="ul" sx={{ listStyle: 'none', p: 0, m: 0, gap: 0.75 }}>
      {CLOCKS.map((clock) => {
        const state = stateOf(promises[clock], now);
        const when = describeDue(Date.parse(promises[clock].due) as InstantMs, now as InstantMs, lang);
        return (
          <Box component="li" key={clock} sx={{ display: 'flex', flexWrap: 'wrap', gap: 1, alignItems: 'center' }}>
            <Typography component="span" variant="body2" sx={{ minWidth: 130 }}>
              {translate(`sofi.clock.${clock}`)}
            </Typography>
            <Typography component="span" variant="body2" color="text.secondary">
              {translate('sofi.clock.by', { when })}
            </Typography>
            {state !== 'running' && (
              <Chip size="small" variant="outlined" color={COLOURS[state]} label={translate(`sofi.clock.${state}`)} />
            )}
          </Box>
        );
      })}
    </Stack>
  );
}
