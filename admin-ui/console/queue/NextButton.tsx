import { Button } from '@mui/material';
import { useNotify, useTranslate } from 'react-admin';
import { useNavigate } from 'react-router';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { useAct } from '../../shared/vie/use-act.ts';

/** Takes the waiting item with the soonest promise and opens it. */
export function NextButton() {
  const translate = useTranslate();
  const navigate = useNavigate();
  const notify = useNotify();
  const { act, busy } = useAct(['file']);
  async function take() {
    const { status, json } = await callApi<SoumissionDto | null>('/soumissions/next', { method: 'POST', body: {} });
    if (status === 204 || json === null) notify('vie.next.none', { type: 'info' });
    else await navigate(`/soumissions/${json.id}`);
  }
  return (
    <Button variant="contained" disabled={busy} onClick={() => void act(take)}>
      {translate('vie.next.take')}
    </Button>
  );
}
