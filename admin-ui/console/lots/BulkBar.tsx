import {
  Alert,
  Box,
  Button,
  Dialog,
  DialogActions,
  DialogContent,
  DialogTitle,
  TextField,
  Typography,
} from '@mui/material';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import { useNavigate } from 'react-router';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import type { BulkBody, BulkPreviewDto } from '../../../domain/contract/vie.contract.ts';
import type { FieldRequest } from '../../../domain/model/requests.ts';
import type { DecisionKind } from '../../../domain/model/vocabulary.ts';
import { callApi } from '../../shared/http/api.ts';
import { useAct } from '../../shared/vie/use-act.ts';
import { AskFields } from './AskFields.tsx';
import { kindInCommon } from './fields-in-common.ts';

const MIN_MOTIF = 3;

interface Props {
  readonly selected: readonly SoumissionRowDto[];
  readonly onClear: () => void;
}

/** What can be done with the items chosen in the queue; absent while none is. */
export function BulkBar({ selected, onClear }: Props) {
  const translate = useTranslate();
  const [kind, setKind] = useState<DecisionKind>();
  if (selected.length === 0) return null;
  return (
    <Box
      role="toolbar"
      aria-label={translate('vie.lot.title')}
      sx={{ display: 'flex', gap: 1, p: 1, flexWrap: 'wrap' }}
    >
      <Typography sx={{ alignSelf: 'center' }}>
        {translate('vie.lot.selected', { smart_count: selected.length })}
      </Typography>
      <Button variant="contained" onClick={() => setKind('approve')}>
        {translate('vie.lot.approve')}
      </Button>
      <Button variant="outlined" onClick={() => setKind('refuse')}>
        {translate('vie.lot.refuse')}
      </Button>
      <Button variant="outlined" onClick={() => setKind('requestChanges')}>
        {translate('vie.lot.requestChanges')}
      </Button>
      <Button onClick={onClear}>{translate('vie.lot.clear')}</Button>
      {kind !== undefined && <BulkDialog kind={kind} selected={selected} onClose={() => setKind(undefined)} />}
    </Box>
  );
}

interface Said {
  readonly motif: string;
  readonly champs: readonly FieldRequest[];
}

function bodyOf(kind: DecisionKind, selected: readonly SoumissionRowDto[], { motif, champs }: Said): BulkBody {
  const items = selected.map(({ id, version }) => ({ id, version }));
  if (kind === 'approve') return { kind, items };
  if (kind === 'refuse') return { kind, items, motif: motif.trim() };
  const asked = champs.map((one) => ({ ...one, comment: one.comment.trim() }));
  return { kind, items, champs: asked };
}

const isReady = (kind: DecisionKind, { motif, champs }: Said) =>
  kind === 'approve' || (kind === 'refuse' ? motif.trim().length >= MIN_MOTIF : champs.length > 0);

interface DialogProps {
  readonly kind: DecisionKind;
  readonly selected: readonly SoumissionRowDto[];
  readonly onClose: () => void;
}

/** First what would be done and what not, and why; then the decision. */
function BulkDialog({ kind, selected, onClose }: DialogProps) {
  const translate = useTranslate();
  const navigate = useNavigate();
  const [said, setSaid] = useState<Said>({ motif: '', champs: [] });
  const [preview, setPreview] = useState<BulkPreviewDto>();
  const { act, busy } = useAct(['file']);
  const body = bodyOf(kind, selected, said);
  const ready = isReady(kind, said);
  const ficheKind = kindInCommon(selected.map(({ fiche }) => fiche));
  const post = <T,>(more: object) => callApi<T>('/decisions/bulk', { method: 'POST', body: { ...body, ...more } });
  const look = async () => setPreview((await post<BulkPreviewDto>({ dryRun: true })).json);
  const decide = async () => navigate(`/lots/${(await post<{ id: string }>({})).json.id}`);
  return (
    <Dialog open onClose={onClose} aria-labelledby="lot" fullWidth maxWidth="md">
      <DialogTitle id="lot">{translate(`vie.lot.${kind}`)}</DialogTitle>
      <DialogContent sx={{ display: 'grid', gap: 1.5 }}>
        {kind === 'refuse' && (
          <TextField
            label={translate('console.decide.motif')}
            value={said.motif}
            onChange={({ target }) => setSaid({ ...said, motif: target.value })}
            multiline
            required
            sx={{ mt: 1 }}
          />
        )}
        {kind === 'requestChanges' &&
          (ficheKind === null ? (
            <Alert severity="warning">{translate('vie.lot.oneKind')}</Alert>
          ) : (
            <AskFields kind={ficheKind} asked={said.champs} onChange={(champs) => setSaid({ ...said, champs })} />
          ))}
        {preview && <Preview preview={preview} />}
      </DialogContent>
      <DialogActions>
        <Button onClick={onClose}>{translate('sofi.act.cancel')}</Button>
        <Button disabled={busy || !ready} onClick={() => void act(look)}>
          {translate('vie.lot.preview')}
        </Button>
        <Button variant="contained" disabled={busy || !ready || preview === undefined} onClick={() => void act(decide)}>
          {translate('vie.lot.confirm')}
        </Button>
      </DialogActions>
    </Dialog>
  );
}

function Preview({ preview: { items } }: { readonly preview: BulkPreviewDto }) {
  const translate = useTranslate();
  const count = (outcome: string) => items.filter((item) => item.outcome === outcome).length;
  const counts = { decided: count('decided'), firstVoice: count('firstVoice'), refused: count('refused') };
  return (
    <Alert severity={counts.refused > 0 ? 'warning' : 'info'}>
      {translate('vie.lot.would', counts)}
      <Box component="ul" sx={{ m: 0, pl: 2.5 }}>
        {items
          .filter(({ outcome }) => outcome === 'refused')
          .map(({ id, titre, title, by }) => (
            <li key={id}>
              {titre} : {title}
              {by === null ? '' : ` (${translate('vie.lot.heldBy', { who: by.nom })})`}
            </li>
          ))}
      </Box>
    </Alert>
  );
}
