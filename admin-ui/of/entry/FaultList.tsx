import { Alert, Box, Link as MuiLink } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import type { ShownFault } from './draft-faults.ts';

interface Props {
  readonly faults: readonly ShownFault[];
  readonly document: FicheDocument;
  readonly title: string;
  readonly onGo: (path: string) => void;
}

/** What is to be mended, each with the way to its field. */
export function FaultList({ faults, document, title, onGo }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  if (faults.length === 0) return null;
  const severity = faults.some((fault) => fault.severity === 'blocking') ? 'error' : 'warning';
  return (
    <Alert severity={severity} sx={{ my: 1.5 }}>
      {title}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {faults.map(({ rule, path, message, mend, severity: gravity }) => (
          <li key={rule + path}>
            <MuiLink
              component="button"
              type="button"
              color="inherit"
              onClick={() => onGo(path)}
              sx={{ textAlign: 'left' }}
            >
              {pathLabel(path, document, lang)}
            </MuiLink>
            {' : '}
            {message} {mend}
            {gravity === 'blocking' ? '' : ` (${translate(`sofi.severity.${gravity}`)})`}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
