import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { rollBackPreview } from '../../../domain/contract/release.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';

type Preview = z.infer<typeof rollBackPreview>;

/** What a roll-back would do, formation by formation. */
export function RollBackPreview({ n }: { readonly n: number }) {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['releases', n, 'rollback'],
    queryFn: async () => (await callApi<Preview>(`/releases/${n}/rollback`)).json,
  });
  if (data === undefined) return <LoadState error={error} retry={() => void refetch()} />;
  return (
    <>
      <Typography>{translate('diffusion.rollback.hold')}</Typography>
      <Typography sx={{ my: 1, fontWeight: 600 }}>{translate('diffusion.rollback.counts', data.counts)}</Typography>
      <Box
        component="ul"
        tabIndex={0}
        aria-label={translate('diffusion.rollback.title', { n })}
        sx={{ maxHeight: 240, overflow: 'auto', m: 0 }}
      >
        {data.lines.map(({ fiche, numero, what }) => (
          <li key={fiche}>
            {numero} : {translate(`diffusion.rollback.what.${what}`)}
          </li>
        ))}
      </Box>
    </>
  );
}
