import { Box, Button, Dialog, DialogActions, DialogContent, DialogTitle, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { apercu } from '../../../domain/contract/courriel.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';

type Apercu = z.infer<typeof apercu>;

/** A mail as its reader would get it, in a frame where nothing runs. */
export function PreviewDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['courriels', 'apercu', id],
    queryFn: async ({ signal }) => (await callApi<Apercu>(`/courriels/${id}/apercu`, { signal })).json,
    retry: false,
  });
  const title = data?.sujet ?? translate('courriel.preview');
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="md" aria-label={title}>
      <DialogTitle>{title}</DialogTitle>
      <DialogContent>
        {data === undefined ? (
          <LoadState error={error} retry={refetch} />
        ) : (
          <>
            <Typography variant="body2" sx={{ mb: 1 }}>
              {translate('courriel.inert')}
            </Typography>
            <Box
              component="iframe"
              title={title}
              sandbox=""
              srcDoc={data.html}
              sx={{ width: '100%', height: 480, border: 1, borderColor: 'divider', bgcolor: '#fff' }}
            />
            <Typography variant="h2" sx={{ mt: 2 }}>
              {translate('courriel.text')}
            </Typography>
            <Box component="pre" sx={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
              {data.texte}
            </Box>
          </>
        )}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('courriel.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}
