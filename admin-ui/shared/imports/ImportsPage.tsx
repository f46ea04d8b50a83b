import { Stack } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { ImportReport } from '../../../domain/contract/import.contract.ts';
import { type Column, TablePage } from '../parts/TablePage.tsx';
import { useCount } from '../words/use-count.ts';
import { useDates } from '../words/use-dates.ts';
import { UploadCard } from './UploadCard.tsx';

const SORT = { field: 'startedAt', order: 'DESC' } as const;
const POLL_MS = 10_000;

/** Files sent, newest first, and the place to send one. */
export function ImportsPage({ sources }: { readonly sources: readonly string[] }) {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const count = useCount();
  const columns: Column<ImportReport>[] = [
    { label: 'sofi.import.name', show: ({ nom, source }) => nom ?? source },
    { label: 'sofi.import.startedAt', show: ({ startedAt }) => dateTime(startedAt) },
    { label: 'sofi.import.source', show: ({ source }) => source },
    { label: 'sofi.import.stateLabel', show: ({ state }) => translate(`sofi.import.state.${state}`) },
    { label: 'sofi.import.read', show: ({ read }) => count(read) },
    { label: 'sofi.import.created', show: ({ created }) => count(created) },
    { label: 'sofi.import.changed', show: ({ changed }) => count(changed) },
    { label: 'sofi.import.unchanged', show: ({ unchanged }) => count(unchanged) },
  ];
  return (
    <Stack sx={{ gap: 2 }}>
      <UploadCard sources={sources} />
      <TablePage<ImportReport>
        resource="imports"
        title="sofi.import.title"
        columns={columns}
        sort={SORT}
        to={({ id }) => `/imports/${id}`}
        refreshMs={POLL_MS}
      />
    </Stack>
  );
}
