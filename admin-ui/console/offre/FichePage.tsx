import { Box, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { useParams } from 'react-router';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { alignFiche } from '../../shared/fiche/align.ts';
import { FicheView } from '../../shared/fiche/FicheView.tsx';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { RetraitButton } from '../../shared/retrait/RetraitButton.tsx';
import { PublicationPanel } from './PublicationPanel.tsx';

interface Fiche {
  readonly intitule?: string;
  readonly nom?: string;
  readonly document: FicheDocument;
  /** Of a formation: the release since which it is out as it is. */
  readonly release?: number | null;
}

/** One accepted fiche, whole. */
export function FichePage({ noun }: { readonly noun: 'formations' | 'organismes' }) {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: [noun, id],
    queryFn: async ({ signal }) => (await callApi<Fiche>(`/${noun}/${id}`, { signal })).json,
  });
  if (data === undefined) return <LoadState error={error} retry={refetch} />;
  const name = data.intitule ?? data.nom ?? '';
  return (
    <>
      <Title title={translate(`console.menu.${noun}`)} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 1.5, alignItems: 'center', mb: 1.5 }}>
        <Typography variant="h1" sx={{ flex: 1, overflowWrap: 'anywhere' }}>
          {name}
        </Typography>
        <RetraitButton noun={noun} id={id} name={name} mayUrge />
      </Box>
      {noun === 'formations' && <PublicationPanel id={id} release={data.release ?? null} />}
      <Box sx={{ bgcolor: 'background.paper', border: 1, borderColor: 'divider', borderRadius: 1, p: 2, mt: 2 }}>
        <FicheView section={alignFiche(data.document, null)} document={data.document} accepted={null} whole />
      </Box>
    </>
  );
}
