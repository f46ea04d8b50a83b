import {
  Button,
  MenuItem,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  TextField,
  Typography,
} from '@mui/material';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { releaseChange } from '../../../domain/contract/release.contract.ts';
import { keptOutWords } from '../../../domain/model/kept-out.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { useLang } from '../../shared/words/use-lang.ts';

type Change = z.infer<typeof releaseChange>;
export const WHATS = ['added', 'changed', 'deleted', 'reRendered'] as const;
const COLUMNS = ['numero', 'intitule', 'organisme', 'what', 'reason'] as const;
const STEP = 200;
/** What the API gives at once. */
const MOST = 1_000;

/** The formations that a release moves, of one kind of move or of all, as many as asked for. */
export function DifferenceList({ n, moved }: { readonly n: number; readonly moved: unknown }) {
  const translate = useTranslate();
  const [what, setWhat] = useState('');
  const [limit, setLimit] = useState(STEP);
  const { data, error, refetch } = useQuery({
    queryKey: ['releases', n, 'difference', moved, what, limit],
    queryFn: async () => {
      const query = new URLSearchParams({ limit: String(limit), ...(what === '' ? {} : { what }) });
      return (await callApi<{ total: number; rows: Change[] }>(`/releases/${n}/difference?${query}`)).json;
    },
    placeholderData: keepPreviousData,
  });
  if (data === undefined) return <LoadState error={error} retry={() => void refetch()} />;
  return (
    <>
      <TextField
        select
        size="small"
        label={translate('diffusion.col.what')}
        value={what}
        onChange={({ target }) => setWhat(target.value)}
        sx={{ minWidth: 200, my: 1 }}
      >
        <MenuItem value="">{translate('diffusion.allMoves')}</MenuItem>
        {WHATS.map((one) => (
          <MenuItem key={one} value={one}>
            {translate(`diffusion.whats.${one}`)}
          </MenuItem>
        ))}
      </TextField>
      <Typography>{translate('diffusion.listed', { shown: data.rows.length, total: data.total })}</Typography>
      <TableContainer
        tabIndex={0}
        role="region"
        aria-label={translate('diffusion.differenceList')}
        sx={{ maxHeight: 420 }}
      >
        <Table size="small" stickyHeader>
          <TableHead>
            <TableRow>
              {COLUMNS.map((column) => (
                <TableCell key={column}>{translate(`diffusion.col.${column}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {data.rows.map((row) => (
              <Line key={row.fiche} {...row} />
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {data.rows.length < Math.min(data.total, MOST) && (
        <Button onClick={() => setLimit(Math.min(limit + STEP, MOST))}>{translate('diffusion.more')}</Button>
      )}
    </>
  );
}

function Line({ numero, intitule, organisme, what, reason, keptOut }: Change) {
  const translate = useTranslate();
  const lang = useLang();
  const why = reason === null ? '' : translate(`diffusion.left.${reason}`, { _: reason });
  return (
    <TableRow>
      <TableCell>{numero}</TableCell>
      <TableCell>{intitule}</TableCell>
      <TableCell>{organisme}</TableCell>
      <TableCell>{translate(`diffusion.what.${what}`)}</TableCell>
      <TableCell>{keptOut === null ? why : keptOutWords(keptOut)[lang]}</TableCell>
    </TableRow>
  );
}
