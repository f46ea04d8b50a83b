import { Alert, Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { useLang } from '../../shared/words/use-lang.ts';

/** What the checks of the deposited version say; what could not be verified is the moderator's business. */
export function Checks({ soumission: { controles, document, statut } }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const lang = useLang();
  if (statut === 'brouillon') return null;
  if (controles === 'enCours') return <Alert severity="info">{translate('console.review.checksRunning')}</Alert>;
  const shown = controles.faults.filter(({ severity }) => severity !== 'nonVerifie');
  if (shown.length === 0) return null;
  return (
    <Alert severity={controles.blocking > 0 ? 'error' : 'warning'}>
      {translate('console.review.checks')}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {shown.map(({ rule, path, severity, message, mend }) => (
          <li key={rule + path}>
            {pathLabel(path, document, lang)} : {message} {mend} ({translate(`sofi.severity.${severity}`)})
          </li>
        ))}
      </Box>
    </Alert>
  );
}
