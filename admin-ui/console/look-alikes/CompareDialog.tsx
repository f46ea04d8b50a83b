import {
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  FormControlLabel,
  Switch,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { LookAlikeDto } from '../../../domain/contract/look-alike.contract.ts';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { alignFiche } from '../../shared/fiche/align.ts';
import { FicheView } from '../../shared/fiche/FicheView.tsx';
import { VerdictBar } from './VerdictBar.tsx';

interface Props {
  readonly soumission: SoumissionDto;
  readonly other: LookAlikeDto;
  readonly onClose: () => void;
}

/** Two formations side by side, and what a moderator may say of them. */
export function CompareDialog({ soumission, other, onClose }: Props) {
  const translate = useTranslate();
  const [whole, setWhole] = useState(true);
  const { organisme, document } = other;
  const numero = other.numero ?? translate('suivi.lookAlike.waiting');
  return (
    <Dialog open onClose={onClose} fullWidth maxWidth="xl" aria-labelledby="comparaison">
      <DialogTitle id="comparaison">{translate('suivi.lookAlike.compareWith', { numero })}</DialogTitle>
      <DialogContent tabIndex={0} role="region" aria-labelledby="comparaison">
        <FormControlLabel
          control={<Switch checked={!whole} onChange={(_event, on) => setWhole(!on)} />}
          label={translate('suivi.lookAlike.onlyDifferences')}
        />
        <Box sx={{ display: 'grid', gap: 3, gridTemplateColumns: { xs: '1fr', md: '1fr 1fr' } }}>
          <Side
            title={translate('suivi.lookAlike.mine')}
            document={soumission.document}
            beside={document}
            whole={whole}
          />
          <Side
            title={translate(other.inOffer ? 'suivi.lookAlike.other' : 'suivi.lookAlike.otherOut', {
              numero,
              organisme: organisme.nom,
            })}
            document={document}
            beside={soumission.document}
            whole={whole}
          />
        </Box>
      </DialogContent>
      <DialogActions sx={{ flexWrap: 'wrap', gap: 1 }}>
        <VerdictBar soumission={soumission} other={other} onDone={onClose} />
        <Button onClick={onClose}>{translate('sofi.act.close')}</Button>
      </DialogActions>
    </Dialog>
  );
}

interface SideProps {
  readonly title: string;
  readonly document: FicheDocument;
  readonly beside: FicheDocument;
  readonly whole: boolean;
}

function Side({ title, document, beside, whole }: SideProps) {
  const compared = whole ? null : beside;
  return (
    <Box component="section" aria-label={title} sx={{ minWidth: 0 }}>
      <Typography variant="h2">{title}</Typography>
      <FicheView section={alignFiche(document, compared)} document={document} accepted={compared} whole={whole} />
    </Box>
  );
}
