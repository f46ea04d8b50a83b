import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import type { Statut } from '../../../domain/model/vocabulary.ts';
import { useCreateDraft } from '../home/use-create-draft.ts';

/** Answered on the entry itself, these take no draft of their own. */
const ANSWERED: readonly Statut[] = ['brouillon', 'correctionsDemandees'];

/** The next version of what waits or is reviewed: a draft that its deposit makes the revision. */
export function ReviseButton({ soumission }: { readonly soumission: SoumissionDto }) {
  const translate = useTranslate();
  const { busy, create } = useCreateDraft();
  const { id, statut, kind, allowed } = soumission;
  if (!allowed.includes('reviser') || kind === 'withdrawal' || ANSWERED.includes(statut)) return null;
  return (
    <Button variant="outlined" disabled={busy} onClick={() => void create(`/soumissions/${id}/brouillon`, {})}>
      {translate('of.follow.revise')}
    </Button>
  );
}
