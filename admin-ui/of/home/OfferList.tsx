import { Box, Link as MuiLink, Typography } from '@mui/material';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import { isClosed } from '../../../domain/model/statuts.ts';
import { describeDue } from '../../../domain/model/words.ts';
import { StatutChip } from '../../shared/parts/StatutChip.tsx';
import { useNow } from '../../shared/parts/use-now.ts';
import { useDates } from '../../shared/words/use-dates.ts';
import { useLang } from '../../shared/words/use-lang.ts';

/** The date that goes with a state: when it will be published, or when it was decided. */
function useDateWords() {
  const translate = useTranslate();
  const lang = useLang();
  const now = useNow();
  const { date } = useDates();
  return ({ statut, echeances, decideeLe, deposeeLe }: SoumissionRowDto): string => {
    if (!isClosed(statut) && statut !== 'correctionsDemandees' && echeances) {
      const when = describeDue(Date.parse(echeances.diffusion.due) as InstantMs, now as InstantMs, lang);
      return translate('of.home.publishedBy', { when });
    }
    const published = statut === 'publiee' ? echeances?.diffusion.stopped : undefined;
    if (published !== undefined) return translate('of.home.publishedIn', { when: date(published) });
    const last = decideeLe ?? deposeeLe;
    return last === null ? translate('of.home.savedDraft') : date(last);
  };
}

/** My fiches with their states and dates. */
export function OfferList({ rows }: { readonly rows: readonly SoumissionRowDto[] }) {
  const translate = useTranslate();
  const words = useDateWords();
  return (
    <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
      {rows.map((row) => (
        <Box
          component="li"
          key={row.id}
          sx={{
            display: 'flex',
            flexWrap: 'wrap',
            gap: 1,
            alignItems: 'center',
            py: 1,
            borderBottom: 1,
            borderColor: 'divider',
          }}
        >
          <MuiLink
            component={Link}
            to={`/soumissions/${row.id}`}
            sx={{ flex: '1 1 220px', overflowWrap: 'anywhere', fontWeight: 600 }}
          >
            {row.titre || translate('of.home.untitled')}
          </MuiLink>
          <StatutChip statut={row.statut} />
          <Typography component="span" variant="body2" color="text.secondary">
            {words(row)}
          </Typography>
        </Box>
      ))}
    </Box>
  );
}
