import CheckIcon from '@mui/icons-material/Check';
import ErrorOutlineIcon from '@mui/icons-material/ErrorOutlined';
import WarningAmberIcon from '@mui/icons-material/WarningAmber';
import { Box } from '@mui/material';
import { useTranslate } from 'react-admin';

interface Counts {
  readonly blocking: number;
  readonly warnings: number;
}

/** Blocking faults and warnings, as figures with a sign each, and in full words for who hears them. */
export function ChecksCount({ blocking, warnings }: Counts) {
  const translate = useTranslate();
  const words =
    blocking + warnings === 0
      ? translate('console.queue.clean')
      : translate('console.queue.checks', { blocking, warnings });
  return (
    <Box
      role="img"
      aria-label={words}
      title={words}
      sx={{ display: 'inline-flex', gap: 1, alignItems: 'center', verticalAlign: 'middle' }}
    >
      {blocking > 0 && (
        <Box
          component="span"
          sx={{ display: 'inline-flex', alignItems: 'center', color: 'error.main', fontWeight: 650 }}
        >
          <ErrorOutlineIcon fontSize="small" aria-hidden /> {blocking}
        </Box>
      )}
      {warnings > 0 && (
        <Box component="span" sx={{ display: 'inline-flex', alignItems: 'center', color: 'warning.main' }}>
          <WarningAmberIcon fontSize="small" aria-hidden /> {warnings}
        </Box>
      )}
      {blocking + warnings === 0 && <CheckIcon fontSize="small" color="success" aria-hidden />}
    </Box>
  );
}
