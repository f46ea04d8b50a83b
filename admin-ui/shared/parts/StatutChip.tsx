import { Chip } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { Statut } from '../../../domain/model/vocabulary.ts';

type Colour = 'default' | 'info' | 'success' | 'warning' | 'error';

const COLOURS: Record<Statut, Colour> = {
  brouillon: 'default',
  deposee: 'info',
  controlee: 'info',
  enRevue: 'info',
  correctionsDemandees: 'warning',
  validee: 'success',
  publiee: 'success',
  refusee: 'error',
  retiree: 'default',
  abandonnee: 'default',
};

/** The status in words; the colour only repeats it. */
export function StatutChip({ statut }: { readonly statut: Statut }) {
  const translate = useTranslate();
  return <Chip size="small" variant="outlined" color={COLOURS[statut]} label={translate(`sofi.statut.${statut}`)} />;
}
