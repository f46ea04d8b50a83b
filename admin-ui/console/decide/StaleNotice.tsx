import { Alert, Box, Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { alignFiche } from '../../shared/fiche/align.ts';
import { FicheView } from '../../shared/fiche/FicheView.tsx';

interface Props {
  readonly looked: SoumissionDto;
  readonly fresh: SoumissionDto;
  readonly onSeen: () => void;
}

/** The fiche moved while it was read: what moved, and the way on without losing what was written. */
export function StaleNotice({ looked, fresh, onSeen }: Props) {
  const translate = useTranslate();
  return (
    <Alert severity="warning" sx={{ mt: 1, '& .MuiAlert-message': { width: '100%' } }}>
      {translate('console.decide.stale', { n: fresh.version })}
      <Box sx={{ color: 'text.primary' }}>
        <FicheView
          section={alignFiche(fresh.document, looked.document)}
          document={fresh.document}
          accepted={looked.document}
          whole={false}
        />
      </Box>
      <Button variant="contained" onClick={onSeen} sx={{ mt: 1 }}>
        {translate('console.decide.staleSeen', { n: fresh.version })}
      </Button>
    </Alert>
  );
}
