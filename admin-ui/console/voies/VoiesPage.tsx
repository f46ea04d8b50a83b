import {
  Box,
  Button,
  Card,
  Stack,
  Table,
  TableBody,
  TableCell,
  TableContainer,
  TableHead,
  TableRow,
  Typography,
} from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { Title, usePermissions, useTranslate } from 'react-admin';
import type { VoieDto } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { useCount } from '../../shared/words/use-count.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { AuditsTable } from './AuditsTable.tsx';
import { LaneDialog } from './LaneDialog.tsx';
import { laneFieldLabel } from './lane-fields.ts';

const COLUMNS = ['libelle', 'champs', 'approuvees', 'audits', 'taux', 'actif'] as const;

/** The trust lanes with their error rates, and what waits for an audit's answer. */
export function VoiesPage() {
  const translate = useTranslate();
  const { data, error, refetch } = useQuery({
    queryKey: ['voies'],
    queryFn: async ({ signal }) => (await callApi<VoieDto[]>('/voies', { signal })).json,
  });
  const title = translate('vie.voies.title');
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={title} />
      <Typography variant="h1">{title}</Typography>
      {data === undefined ? <LoadState error={error} retry={refetch} /> : <Lanes lanes={data} label={title} />}
      <AuditsTable lanes={data ?? []} />
    </Stack>
  );
}

function Lanes({ lanes, label }: { readonly lanes: readonly VoieDto[]; readonly label: string }) {
  const translate = useTranslate();
  const lang = useLang();
  const count = useCount();
  const { permissions } = usePermissions<string>();
  const [edited, setEdited] = useState<VoieDto>();
  const rate = (lane: VoieDto) =>
    lane.tauxErreur === null
      ? translate('vie.voies.none')
      : new Intl.NumberFormat(lang, { style: 'percent', maximumFractionDigits: 1 }).format(lane.tauxErreur);
  return (
    <Card>
      <TableContainer tabIndex={0} role="region" aria-label={label}>
        <Table size="small" aria-label={label}>
          <TableHead>
            <TableRow>
              {COLUMNS.map((column) => (
                <TableCell key={column}>{translate(`vie.voies.col.${column}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {lanes.map((lane) => (
              <TableRow key={lane.id} hover>
                <TableCell>
                  {lane.libelle[lang]}{' '}
                  <Box component="small">{translate('vie.voies.version', { n: lane.version })}</Box>
                </TableCell>
                <TableCell sx={{ minWidth: 240, overflowWrap: 'anywhere' }}>
                  {lane.champs.map((champ) => laneFieldLabel(champ, lang)).join(', ')}
                </TableCell>
                <TableCell>{count(lane.approuvees)}</TableCell>
                <TableCell sx={{ whiteSpace: 'nowrap' }}>
                  {count(lane.audits)} ({translate('vie.voies.waiting', { count: lane.enAttente })})
                </TableCell>
                <TableCell>{rate(lane)}</TableCell>
                <TableCell>
                  {translate(lane.actif ? 'sofi.state.yes' : 'sofi.state.no')}{' '}
                  {permissions === 'administrateur' && (
                    <Button
                      size="small"
                      aria-label={`${translate('vie.voies.edit')} : ${lane.libelle[lang]}`}
                      onClick={() => setEdited(lane)}
                    >
                      {translate('vie.voies.edit')}
                    </Button>
                  )}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
      {edited && <LaneDialog lane={edited} onClose={() => setEdited(undefined)} />}
    </Card>
  );
}
