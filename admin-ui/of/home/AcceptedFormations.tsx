import { Box, Button, Link as MuiLink } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import { Link } from 'react-router';
import type { z } from 'zod';
import type { formationRow } from '../../../domain/contract/offre.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { Panel } from '../../shared/parts/Panel.tsx';
import { RetraitButton } from '../../shared/retrait/RetraitButton.tsx';
import { useCreateDraft } from './use-create-draft.ts';

type Row = z.infer<typeof formationRow>;
const SHOWN = 100;

/** The formations of my organismes as they are accepted now, each ready to be changed. */
export function AcceptedFormations({ organismes }: { readonly organismes: readonly string[] }) {
  const translate = useTranslate();
  const { busy, create } = useCreateDraft();
  const { data } = useQuery({
    queryKey: ['formations', organismes],
    queryFn: async ({ signal }) => {
      const filter = encodeURIComponent(JSON.stringify({ organisme: organismes }));
      return (await callApi<Row[]>(`/formations?filter=${filter}&range=[0,${SHOWN - 1}]`, { signal })).json;
    },
    enabled: organismes.length > 0,
  });
  if (data === undefined || data.length === 0) return null;
  return (
    <Panel title={translate('of.home.accepted')}>
      <Box component="ul" sx={{ listStyle: 'none', p: 0, m: 0 }}>
        {data.map(({ id, numero, intitule, soumission }) => (
          <Box
            component="li"
            key={id}
            sx={{
              display: 'flex',
              flexWrap: 'wrap',
              gap: 1,
              alignItems: 'center',
              py: 0.75,
              borderBottom: 1,
              borderColor: 'divider',
            }}
          >
            <Box sx={{ flex: '1 1 220px', overflowWrap: 'anywhere' }}>
              {intitule} ({numero})
            </Box>
            {soumission === null ? (
              <>
                <Button
                  disabled={busy}
                  onClick={() => void create(`/formations/${id}/brouillon`, {})}
                  aria-label={`${translate('of.home.change')} : ${intitule}`}
                >
                  {translate('of.home.change')}
                </Button>
                <RetraitButton noun="formations" id={id} name={intitule} mayUrge={false} />
              </>
            ) : (
              <MuiLink component={Link} to={`/soumissions/${soumission.id}`}>
                {translate(`sofi.statut.${soumission.statut}`)}
              </MuiLink>
            )}
          </Box>
        ))}
      </Box>
    </Panel>
  );
}
