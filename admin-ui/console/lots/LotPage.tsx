import {
  Box,
  Button,
  Card,
  LinearProgress,
  Link as MuiLink,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { Link, useParams } from 'react-router';
import type { LotDto } from '../../../domain/contract/vie.contract.ts';
import { pathLabel } from '../../../domain/model/path-label.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { StatutChip } from '../../shared/parts/StatutChip.tsx';
import { useAct } from '../../shared/vie/use-act.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { rememberedPath } from '../queue/remembered.ts';

const POLL_MS = 1_000;
const COLUMNS = ['titre', 'result', 'why', 'statut'] as const;
const isUnderWay = (state: LotDto['state'] | undefined) => state === 'running' || state === 'undoing';

/** A lot while it runs and once it ended: each item with its result, and the way back. */
export function LotPage() {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery({
    queryKey: ['lot', id],
    queryFn: async ({ signal }) => (await callApi<LotDto>(`/lots/${id}`, { signal })).json,
    refetchInterval: ({ state }) => (isUnderWay(state.data?.state) ? POLL_MS : false),
  });
  const { act, busy } = useAct(['lot', id], ['file']);
  if (data === undefined) return <LoadState error={error} retry={refetch} />;
  const mayUndo = data.state === 'done' && data.items.some(({ state }) => state === 'decided');
  const undo = () => callApi(`/lots/${id}/undo`, { method: 'POST', body: {} });
  return (
    <>
      <Title title={translate('vie.lot.title')} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'center', mb: 1.5 }}>
        <Typography variant="h1">{translate('vie.lot.title')}</Typography>
        <Typography role="status">
          {translate(`vie.lot.state.${data.state}`)} ·{' '}
          {translate('vie.lot.progress', { done: data.done, total: data.total })}
        </Typography>
        <Box sx={{ flex: 1 }} />
        {mayUndo && (
          <Button variant="outlined" disabled={busy} onClick={() => void act(undo, 'vie.lot.undoing')}>
            {translate('vie.lot.undo')}
          </Button>
        )}
        <Button component={Link} to={rememberedPath()}>
          {translate('vie.lot.back')}
        </Button>
      </Box>
      {isUnderWay(data.state) && (
        <LinearProgress
          variant="determinate"
          value={(100 * data.done) / Math.max(1, data.total)}
          aria-label={translate('vie.lot.title')}
        />
      )}
      <Said lot={data} />
      <Items lot={data} />
    </>
  );
}

/** What the lot says to each OF: the motif of a refusal, the fields to change. */
function Said({ lot: { motif, champs } }: { readonly lot: LotDto }) {
  const translate = useTranslate();
  const lang = useLang();
  if (motif === null && champs.length === 0) return null;
  return (
    <Box sx={{ my: 1 }}>
      {motif !== null && <Typography>{motif}</Typography>}
      {champs.map(({ path, reason, comment }) => (
        <Typography key={path}>
          <strong>{pathLabel(path, {}, lang)}</strong> : {translate(`sofi.reason.${reason}`)}
          {comment === '' ? '' : `, ${comment}`}
        </Typography>
      ))}
    </Box>
  );
}

function Items({ lot }: { readonly lot: LotDto }) {
  const translate = useTranslate();
  const label = translate('vie.lot.title');
  return (
    <Card>
      <TableContainer tabIndex={0} role="region" aria-label={label}>
        <Table size="small" aria-label={label}>
          <TableHead>
            <TableRow>
              {COLUMNS.map((column) => (
                <TableCell key={column}>{translate(`vie.lot.col.${column}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {lot.items.map(({ id, titre, state, title, by, statut }) => (
              <TableRow key={id} hover>
                <TableCell>
                  <MuiLink component={Link} to={`/soumissions/${id}`}>
                    {titre || translate('sofi.state.unknown')}
                  </MuiLink>
                </TableCell>
                <TableCell>{translate(`vie.lot.item.${state}`)}</TableCell>
                <TableCell>
                  {title}
                  {by === null ? '' : ` (${translate('vie.lot.heldBy', { who: by.nom })})`}
                </TableCell>
                <TableCell>
                  <StatutChip statut={statut} />
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}
