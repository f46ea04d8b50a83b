import { Alert, Box } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { conflictsOf } from '../words/conflicts.ts';
import { useLang } from '../words/use-lang.ts';

/** The fields that another accepted change moved while this one was written: its own value stands. */
export function ConflictsNotice({ soumission }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const lang = useLang();
  const paths = conflictsOf(soumission);
  if (paths.length === 0) return null;
  return (
    <Alert severity="warning">
      {translate('vie.conflits', { smart_count: paths.length })}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {paths.map((path) => (
          <li key={path}>{pathLabel(path, soumission.document, lang)}</li>
        ))}
      </Box>
    </Alert>
  );
}
