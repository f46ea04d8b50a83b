import { Alert, Box, Button, CircularProgress } from '@mui/material';
import { useTranslate } from 'react-admin';
import { asProblem, noticeOf } from '../http/problem.ts';

/** Loading and failure of what a page shows; a failure says what and offers to try again. */
export function LoadState({ error, retry }: { readonly error: unknown; readonly retry: () => unknown }) {
  const translate = useTranslate();
  if (!error) {
    return (
      <Box role="status" sx={{ display: 'flex', gap: 1.5, alignItems: 'center', p: 3 }}>
        <CircularProgress size={20} aria-hidden />
        {translate('sofi.state.loading')}
      </Box>
    );
  }
  const found = asProblem(error);
  return (
    <Alert
      severity="error"
      sx={{ m: 2 }}
      action={
        <Button color="inherit" onClick={() => retry()}>
          {translate('sofi.state.retry')}
        </Button>
      }
    >
      {translate('sofi.state.failed')} {found ? noticeOf(found.problem) : ''}
    </Alert>
  );
}
