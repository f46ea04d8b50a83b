import { Button, TableCell, TableRow } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { RetourDto } from '../../../domain/contract/courriel.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { TablePanel } from '../../shared/parts/TablePanel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';

const COLUMNS = ['a', 'kind', 'at', 'act'].map((column) => `courriel.retours.col.${column}`);
const OPEN = `/courriels/retours?filter=${encodeURIComponent('{"open":true}')}&range=[0,99]`;

/** Addresses that refuse mail, each a task: somebody calls, and closes it. */
export function RetoursPanel() {
  const answer = useQuery({
    queryKey: ['courriels', 'retours'],
    queryFn: async ({ signal }) => (await callApi<RetourDto[]>(OPEN, { signal })).json,
  });
  return (
    <TablePanel
      title="courriel.retours.title"
      heads={COLUMNS}
      answer={answer}
      empty="courriel.retours.none"
      intro="courriel.retours.what"
    >
      {(retour) => <RetourRow key={retour.id} retour={retour} />}
    </TablePanel>
  );
}

function RetourRow({ retour: { id, a, kind, code, fois, at } }: { readonly retour: RetourDto }) {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const { act, busy } = useAct(['courriels']);
  const close = (renvoyer: boolean) => () =>
    void act(
      () => callApi(`/courriels/retours/${id}`, { method: 'POST', body: { renvoyer } }),
      'courriel.retours.closed',
    );
  return (
    <TableRow hover>
      <TableCell sx={{ minWidth: 180, overflowWrap: 'anywhere' }}>
        {a.nom === null ? a.adresse : `${a.nom} (${a.adresse})`}
      </TableCell>
      <TableCell>
        {translate(`courriel.retours.kind.${kind}`)} ({code})
        {fois > 1 && ` · ${translate('courriel.retours.times', { n: fois })}`}
      </TableCell>
      <TableCell sx={{ minWidth: 110 }}>{dateTime(at)}</TableCell>
      <TableCell>
        {(['close', 'closeAgain'] as const).map((name) => (
          <Button
            key={name}
            size="small"
            disabled={busy}
            aria-label={`${translate(`courriel.retours.${name}`)} : ${a.adresse}`}
            onClick={close(name === 'closeAgain')}
          >
            {translate(`courriel.retours.${name}`)}
          </Button>
        ))}
      </TableCell>
    </TableRow>
  );
}
