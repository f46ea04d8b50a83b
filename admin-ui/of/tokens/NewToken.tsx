import { Alert, Box, Button } from '@mui/material';
import { useNotify, useTranslate } from 'react-admin';

/** A token just made: the only time that it is shown. */
export function NewToken({ token }: { readonly token: string }) {
  const translate = useTranslate();
  const notify = useNotify();
  const copy = async () => {
    await navigator.clipboard.writeText(token);
    notify('of.token.copied', { type: 'success' });
  };
  return (
    <Alert severity="success" action={<Button onClick={() => void copy()}>{translate('sofi.act.copy')}</Button>}>
      {translate('of.token.once')}
      <Box component="code" data-testid="token" sx={{ display: 'block', overflowWrap: 'anywhere', mt: 1 }}>
        {token}
      </Box>
    </Alert>
  );
}
