import { Button } from '@mui/material';
import { useTranslate } from 'react-admin';
import type { NoticeDto } from '../../../domain/contract/vie.contract.ts';
import { callApi } from '../http/api.ts';
import { type Column, TablePage } from '../parts/TablePage.tsx';
import { useDates } from '../words/use-dates.ts';
import { useAct } from './use-act.ts';

const SORT = { field: 'at', order: 'DESC' } as const;
const POLL_MS = 15_000;

/** Notices for me, newest first; each leads to its soumission. */
export function NoticesPage() {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const words = ({ kind, data }: NoticeDto) => {
    const said = translate(`vie.avis.kind.${kind}`);
    if (typeof data.due !== 'string' || typeof data.clock !== 'string') return said;
    const clock = translate(`sofi.clock.${data.clock}`);
    return translate('sofi.labelled', {
      label: said,
      value: translate('vie.avis.due', { clock, when: dateTime(data.due) }),
    });
  };
  const columns: Column<NoticeDto>[] = [
    { label: 'vie.avis.col.titre', show: ({ titre }) => titre || translate('sofi.state.unknown') },
    { label: 'vie.avis.col.kind', show: words },
    { label: 'vie.avis.col.at', show: ({ at }) => dateTime(at), sort: 'at' },
    { label: 'vie.avis.col.read', show: ({ read }) => translate(read ? 'sofi.state.yes' : 'sofi.state.no') },
  ];
  return (
    <TablePage<NoticeDto>
      resource="avis"
      title="vie.avis.title"
      columns={columns}
      sort={SORT}
      to={({ soumission }) => `/soumissions/${soumission}`}
      refreshMs={POLL_MS}
      actions={<ReadAll />}
    />
  );
}

function ReadAll() {
  const translate = useTranslate();
  const { act, busy } = useAct(['avis']);
  return (
    <Button
      variant="outlined"
      disabled={busy}
      onClick={() => void act(() => callApi('/avis/lus', { method: 'POST', body: {} }))}
    >
      {translate('vie.avis.readAll')}
    </Button>
  );
}
