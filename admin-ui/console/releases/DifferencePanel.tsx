import { Table, TableBody, TableCell, TableContainer, TableHead, TableRow, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { release, releaseChange } from '../../../domain/contract/release.contract.ts';
import { keptOutWords } from '../../../domain/model/kept-out.ts';
import { callApi } from '../../shared/http/api.ts';
import { LazyBarChart } from '../../shared/parts/LazyBarChart.tsx';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { Panel } from '../../shared/parts/Panel.tsx';
import { useLang } from '../../shared/words/use-lang.ts';

type Change = z.infer<typeof releaseChange>;
const WHATS = ['added', 'changed', 'deleted', 'reRendered'] as const;
const LIMIT = 200;

/** What a release moves, drawn and listed. */
export function DifferencePanel({ n, difference }: Pick<z.infer<typeof release>, 'n' | 'difference'>) {
  const translate = useTranslate();
  const lang = useLang();
  const { data, error, refetch } = useQuery({
    queryKey: ['releases', n, 'difference', difference],
    queryFn: async () =>
      (await callApi<{ total: number; rows: Change[] }>(`/releases/${n}/difference?limit=${LIMIT}`)).json,
  });
  if (data?.total === 0)
    return (
      <Panel title={translate('diffusion.difference')}>
        <Typography>{translate('diffusion.same')}</Typography>
      </Panel>
    );
  const counts = difference ?? { added: 0, changed: 0, deleted: 0, reRendered: 0 };
  return (
    <Panel title={translate('diffusion.difference')}>
      <LazyBarChart
        height={180}
        layout="horizontal"
        skipAnimation
        aria-label={translate('diffusion.drawn')}
        xAxis={[{ tickMinStep: 1, valueFormatter: (value: number) => value.toLocaleString(lang) }]}
        yAxis={[{ data: WHATS.map((what) => translate(`diffusion.whats.${what}`)), width: 90 }]}
        series={[{ data: WHATS.map((what) => counts[what]) }]}
        hideLegend
      />
      {data === undefined ? (
        <LoadState error={error} retry={() => void refetch()} />
      ) : (
        <>
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
                  {(['numero', 'intitule', 'organisme', 'what', 'reason'] as const).map((column) => (
                    <TableCell key={column}>{translate(`diffusion.col.${column}`)}</TableCell>
                  ))}
                </TableRow>
              </TableHead>
              <TableBody>
                {data.rows.map((row) => (
                  <TableRow key={row.fiche}>
                    <TableCell>{row.numero}</TableCell>
                    <TableCell>{row.intitule}</TableCell>
                    <TableCell>{row.organisme}</TableCell>
                    <TableCell>{translate(`diffusion.what.${row.what}`)}</TableCell>
                    <TableCell>{row.keptOut === null ? (row.reason ?? '') : keptOutWords(row.keptOut)[lang]}</TableCell>
                  </TableRow>
                ))}
              </TableBody>
            </Table>
          </TableContainer>
        </>
      )}
    </Panel>
  );
}
