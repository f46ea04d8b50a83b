import { Alert, Box, Link as MuiLink } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { useLang } from '../../shared/words/use-lang.ts';

interface Props {
  readonly soumission: SoumissionDto;
  readonly answering: boolean;
  readonly onGo: (path: string) => void;
}

/** What the moderation asked for, field by field, on top of the entry that answers it. */
export function Requests({ soumission: { decision, document }, answering, onGo }: Props) {
  const translate = useTranslate();
  const lang = useLang();
  if (!answering || decision === null) return null;
  return (
    <Alert severity="warning" sx={{ my: 1.5 }}>
      {translate('of.correction.title')}
      {decision.motif !== null && <p>{translate('of.correction.motif', { motif: decision.motif })}</p>}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {decision.champs.map(({ path, reason, comment }) => (
          <li key={path}>
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
            {translate('of.correction.asked', { reason: translate(`sofi.reason.${reason}`), comment })}
          </li>
        ))}
      </Box>
    </Alert>
  );
}
