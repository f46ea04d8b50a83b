import ScheduleIcon from '@mui/icons-material/Schedule';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { InstantMs } from '../../../domain/model/ids.ts';
import { describeDue } from '../../../domain/model/words.ts';
import { timeLeft } from '../words/time-left.ts';
import { useLang } from '../words/use-lang.ts';
import { useNow } from './use-now.ts';

const COLOURS = { late: 'error.main', amber: 'warning.main', running: 'text.secondary' } as const;

/** A promise still running: time left in words, coloured `amber` working hours before it is due, the hour in the title. */
export function DueClock({ due, amber }: { readonly due: string | null; readonly amber: number }) {
  const translate = useTranslate();
  const lang = useLang();
  const now = useNow();
  if (due === null) return <Box sx={{ color: 'text.secondary' }}>{translate('sofi.clock.none')}</Box>;
  const at = Date.parse(due);
  const { tone, words } = timeLeft(at, now, lang, amber);
  return (
    <Box
      title={translate('sofi.clock.by', { when: describeDue(at as InstantMs, now as InstantMs, lang) })}
      sx={{
        display: 'inline-flex',
        alignItems: 'center',
        verticalAlign: 'middle',
        gap: 0.5,
        color: COLOURS[tone],
        fontWeight: tone === 'running' ? 400 : 650,
        whiteSpace: 'nowrap',
      }}
    >
      <ScheduleIcon fontSize="inherit" aria-hidden />
      {words}
    </Box>
  );
}
