import { Alert, Box, Chip, LinearProgress, Stack, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { Title, useTranslate } from 'react-admin';
import { useParams } from 'react-router';
import { type ImportReport, importReport } from '../../../domain/contract/import.contract.ts';
import { callApi } from '../http/api.ts';
import { LoadState } from '../parts/LoadState.tsx';
import { Panel } from '../parts/Panel.tsx';
import { useCount } from '../words/use-count.ts';
import { ReportLines } from './ReportLines.tsx';

const COUNTS = ['read', 'created', 'changed', 'unchanged', 'mended', 'warned', 'absent'] as const;
const POLL_MS = 1_500;

/** What became of a file, while it is read and after, down to the line. */
export function ImportReportPage() {
  const translate = useTranslate();
  const { id = '' } = useParams();
  const count = useCount();
  const { data, error, refetch } = useQuery({
    queryKey: ['import', id],
    queryFn: async ({ signal }) => importReport.parse((await callApi(`/imports/${id}`, { signal })).json),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? POLL_MS : false),
  });
  if (data === undefined) return <LoadState error={error} retry={refetch} />;
  return (
    <Stack sx={{ gap: 2 }}>
      <Title title={translate('sofi.import.report')} />
      <Typography variant="h1" sx={{ overflowWrap: 'anywhere' }}>
        {data.nom ?? translate('sofi.import.report')}{' '}
        <Chip size="small" variant="outlined" label={translate(`sofi.import.state.${data.state}`)} />
        {data.dryRun && <Chip size="small" variant="outlined" color="info" label={translate('sofi.import.dryRun')} />}
      </Typography>
      {data.state === 'running' && (
        <Box role="status">
          {translate('sofi.import.running', { read: data.read })}
          <LinearProgress aria-label={translate('sofi.import.running', { read: data.read })} />
        </Box>
      )}
      {data.error && <Alert severity="error">{data.error.message}</Alert>}
      <Counts report={data} />
      <Panel title={`${translate('sofi.import.refusedLines')} (${count(data.refused.length)})`}>
        {data.refused.length === 0 ? translate('sofi.import.nothingRefused') : <ReportLines lines={data.refused} />}
      </Panel>
      {data.remarques.length > 0 && (
        <Panel title={`${translate('sofi.import.remarks')} (${count(data.remarques.length)})`}>
          <ReportLines lines={data.remarques} />
        </Panel>
      )}
    </Stack>
  );
}

function Counts({ report }: { readonly report: ImportReport }) {
  const translate = useTranslate();
  const count = useCount();
  return (
    <Box component="dl" sx={{ display: 'flex', flexWrap: 'wrap', gap: 3, m: 0 }}>
      {COUNTS.map((name) => (
        <div key={name}>
          <Typography component="dt" variant="body2" color="text.secondary">
            {translate(`sofi.import.${name}`)}
          </Typography>
          <Typography component="dd" variant="h2" sx={{ m: 0 }} data-testid={`import-${name}`}>
            {count(report[name])}
          </Typography>
        </div>
      ))}
      <div>
        <Typography component="dt" variant="body2" color="text.secondary">
          {translate('sofi.import.refused')}
        </Typography>
        <Typography component="dd" variant="h2" sx={{ m: 0 }} data-testid="import-refused">
          {count(report.refused.length)}
        </Typography>
      </div>
    </Box>
  );
}
