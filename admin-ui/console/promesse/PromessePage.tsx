import {
  Box,
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
import { Title, usePermissions, useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { promesse } from '../../../domain/contract/suivi.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { LazyBarChart } from '../../shared/parts/LazyBarChart.tsx';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useCount } from '../../shared/words/use-count.ts';
import { useLang } from '../../shared/words/use-lang.ts';
import { daysOf } from './days.ts';
import { SettingsPanel } from './SettingsPanel.tsx';

export type Promesse = z.infer<typeof promesse>;
const COLUMNS = ['source', 'clock', 'by', 'kept', 'missed', 'running', 'share'] as const;
const CHART_HEIGHT = 280;

/** The promise of the region over 90 days: day by day, then by source; lanes and trusted imports apart. */
export function PromessePage() {
  const translate = useTranslate();
  const { permissions } = usePermissions<string>();
  const { data, error, refetch } = useQuery({
    queryKey: ['promesse'],
    queryFn: async ({ signal }) => (await callApi<Promesse>('/promesse', { signal })).json,
    refetchInterval: 60_000,
  });
  const title = translate('vie.promesse.title');
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={title} />
      <Typography variant="h1">{title}</Typography>
      {data === undefined ? (
        <LoadState error={error} retry={refetch} />
      ) : (
        <>
          <Chart record={data} />
          <Figures record={data} label={title} />
        </>
      )}
      {permissions === 'administrateur' && <SettingsPanel />}
    </Stack>
  );
}

function Chart({ record }: { readonly record: Promesse }) {
  const translate = useTranslate();
  const { days, kept, missed } = daysOf(record.jours);
  const short = new Intl.DateTimeFormat(useLang(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  return (
    <Panel title={translate('vie.promesse.chart')}>
      {days.length === 0 ? (
        <Typography>{translate('sofi.state.empty')}</Typography>
      ) : (
        <Box role="img" aria-label={translate('vie.promesse.chart')}>
          <LazyBarChart
            height={CHART_HEIGHT}
            xAxis={[
              {
                data: days,
                scaleType: 'band',
                valueFormatter: (day: string) => short.format(new Date(`${day}T00:00Z`)),
              },
            ]}
            series={[
              { data: kept, stack: 'due', label: translate('vie.promesse.kept'), color: '#2e7d5b' },
              { data: missed, stack: 'due', label: translate('vie.promesse.missed'), color: '#b3261e' },
            ]}
          />
        </Box>
      )}
    </Panel>
  );
}

function Figures({ record, label }: { readonly record: Promesse; readonly label: string }) {
  const translate = useTranslate();
  const count = useCount();
  const percent = new Intl.NumberFormat(useLang(), { style: 'percent', maximumFractionDigits: 1 });
  const share = (kept: number, missed: number) => (kept + missed === 0 ? '' : percent.format(kept / (kept + missed)));
  return (
    <Card>
      <TableContainer tabIndex={0} role="region" aria-label={label}>
        <Table size="small" aria-label={label}>
          <TableHead>
            <TableRow>
              {COLUMNS.map((column) => (
                <TableCell key={column}>{translate(`vie.promesse.${column}`)}</TableCell>
              ))}
            </TableRow>
          </TableHead>
          <TableBody>
            {record.rows.map(({ source, clock, humain, kept, missed, running }) => (
              <TableRow key={`${source}-${clock}-${humain}`} hover>
                <TableCell>{translate(`sofi.source.${source}`, { _: source })}</TableCell>
                <TableCell>{translate(`sofi.clock.${clock}`)}</TableCell>
                <TableCell>{translate(humain ? 'vie.promesse.people' : 'vie.promesse.rule')}</TableCell>
                <TableCell>{count(kept)}</TableCell>
                <TableCell>{count(missed)}</TableCell>
                <TableCell>{count(running)}</TableCell>
                <TableCell>{share(kept, missed)}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </TableContainer>
    </Card>
  );
}
