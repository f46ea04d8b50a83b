import { Button, Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { RetourDto } from '../../../domain/contract/courriel.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useDates } from '../../shared/words/use-dates.ts';

const COLUMNS = ['a', 'kind', 'at', 'act'] as const;
const OPEN = `/courriels/retours?filter=${encodeURIComponent('{"open":true}')}&range=[0,99]`;

/** Addresses that refuse mail, each a task: somebody calls, and closes it. */
export function RetoursPanel() {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['courriels', 'retours'],
    queryFn: async ({ signal }) => (await callApi<RetourDto[]>(OPEN, { signal })).json,
  });
  const title = translate('courriel.retours.title');
  return (
    <Panel title={title}>
      {data === undefined ? (
        <LoadState error={error} retry={refetch} />
      ) : data.length === 0 ? (
        <Typography>{translate('courriel.retours.none')}</Typography>
      ) : (
        <>
          <Typography variant="body2">{translate('courriel.retours.what')}</Typography>
          <TableContainer tabIndex={0} role="group" aria-label={title}>
            <Table size="small" aria-label={title}>
              <TableHead>
                <TableRow>
                  {COLUMNS.map((column) => (
                    <TableCell key={column}>{translate(`courriel.retours.col.${column}`)}</TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {data.map((retour) => (
                  <RetourRow key={retour.id} retour={retour} />
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        </>
      )}
    </Panel>
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
      <TableCell sx={{ overflowWrap: 'anywhere' }}>{a.nom === null ? a.adresse : `${a.nom} (${a.adresse})`}</TableCell>
      <TableCell>
        {translate(`courriel.retours.kind.${kind}`)} {code}
        {fois > 1 && ` · ${translate('courriel.retours.times', { n: fois })}`}
      </TableCell>
      <TableCell>{dateTime(at)}</TableCell>
      <TableCell>
        {(['close', 'closeAgain'] as const).map((name) => (
          <Button
            key={name}
            size="small"
            disabled={busy}
            aria-label={`${translate(`courriel.retours.${name}`)} : ${a.adresse}`}
            onClick={close(name === 'closeAgain')}
          >
            {translate(`courriel.retours.${name}`)}
          </Button>
        ))}
      </TableCell>
    </TableRow>
  );
}
