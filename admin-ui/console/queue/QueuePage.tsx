import { Alert, Box, Button, Card, Tab, Tabs, TextField, Typography } from '@mui/material';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { Title, useTranslate } from 'react-admin';
import { useSearchParams } from 'react-router';
import { useIsLive } from '../../shared/live/live-state.ts';
import { LoadState } from '../../shared/parts/LoadState.tsx';
import { useLang } from '../../shared/words/use-lang.ts';
import { BulkBar } from '../lots/BulkBar.tsx';
import { NextButton } from './NextButton.tsx';
import { QueueTable } from './QueueTable.tsx';
import { PER_PAGE, type QueueAddress, queueQuery, readAddress, writeAddress } from './queue-query.ts';
import { rememberQueue } from './remembered.ts';
import { useSelection } from './use-selection.ts';
import { useSteadyRows } from './use-steady-rows.ts';
import { VIEWS } from './views.ts';

/** The home of the console: what to decide next, soonest promise first; its address names the view. */
export function QueuePage() {
  const translate = useTranslate();
  const [search, setSearch] = useSearchParams();
  const address = readAddress(search);
  const { data, error, refetch } = useQuery(queueQuery(address));
  const [busy, setBusy] = useState(false);
  const { rows, waiting, showFresh } = useSteadyRows(data?.rows ?? [], busy);
  const go = (change: Partial<QueueAddress>) =>
    setSearch(writeAddress({ ...address, page: 1, ...change }), { replace: true });
  useEffect(() => rememberQueue(readAddress(search)), [search]);
  const label = translate('console.queue.title');
  const { selected, choose, clear } = useSelection(address.view);
  return (
    <>
      <Title title={label} />
      <Box sx={{ display: 'flex', flexWrap: 'wrap', gap: 2, alignItems: 'baseline', mb: 1 }}>
        <Typography variant="h1">{label}</Typography>
        {data && <Total total={data.total} readAt={data.readAt} />}
        <Box sx={{ flex: 1 }} />
        <NextButton />
        <SearchBox q={address.q} onSearch={(q) => go({ q })} />
      </Box>
      <Tabs
        value={address.view}
        onChange={(_event, view: QueueAddress['view']) => go({ view })}
        aria-label={translate('console.queue.view.label')}
        variant="scrollable"
        sx={{ minHeight: 36, mb: 1, '& .MuiTab-root': { minHeight: 36, py: 0.5 } }}
      >
        {VIEWS.map((view) => (
          <Tab key={view} value={view} label={translate(`console.queue.view.${view}`)} />
        ))}
      </Tabs>
      {waiting && (
        <Alert
          severity="info"
          sx={{ mb: 1 }}
          action={<Button onClick={showFresh}>{translate('console.queue.newer')}</Button>}
        />
      )}
      {data === undefined || error ? (
        <LoadState error={error} retry={refetch} />
      ) : rows.length === 0 ? (
        <Card sx={{ p: 4 }}>
          {translate(address.view === 'all' && address.q === '' ? 'console.queue.empty' : 'console.queue.emptyView')}
        </Card>
      ) : (
        <Card
          onMouseEnter={() => setBusy(true)}
          onMouseLeave={() => setBusy(false)}
          onFocus={() => setBusy(true)}
          onBlur={() => setBusy(false)}
        >
          <BulkBar selected={[...selected.values()]} onClear={clear} />
          <QueueTable rows={rows} label={label} selected={selected} onChoose={choose} />
        </Card>
      )}
      {data && data.total > PER_PAGE && <Pages address={address} total={data.total} go={go} />}
    </>
  );
}

function Total({ total, readAt }: { readonly total: number; readonly readAt: number }) {
  const translate = useTranslate();
  const live = useIsLive();
  const time = new Intl.DateTimeFormat(useLang(), { timeStyle: 'medium', timeZone: 'Europe/Paris' }).format(readAt);
  return (
    <Typography color="text.secondary" data-testid="queue-total">
      {translate('console.queue.total', { smart_count: total })} · {translate('sofi.state.readAt', { time })} ·{' '}
      {translate(live ? 'suivi.live.on' : 'suivi.live.off')}
    </Typography>
  );
}

function SearchBox({ q, onSearch }: { readonly q: string; readonly onSearch: (q: string) => void }) {
  const translate = useTranslate();
  const [typed, setTyped] = useState(q);
  useEffect(() => {
    const timer = setTimeout(() => typed !== q && onSearch(typed.trim()), 300);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      type="search"
      label={translate('console.queue.search')}
      value={typed}
      onChange={({ target }) => setTyped(target.value)}
      sx={{ minWidth: 320 }}
    />
  );
}

interface PagesProps {
  readonly address: QueueAddress;
  readonly total: number;
  readonly go: (change: Partial<QueueAddress>) => void;
}

function Pages({ address: { page }, total, go }: PagesProps) {
  const translate = useTranslate();
  const pages = Math.ceil(total / PER_PAGE);
  return (
    <Box
      component="nav"
      aria-label={translate('console.queue.page', { page, pages })}
      sx={{ display: 'flex', gap: 1, mt: 1, alignItems: 'center' }}
    >
      <Button disabled={page <= 1} onClick={() => go({ page: page - 1 })}>
        {translate('console.queue.previous')}
      </Button>
      <span>{translate('console.queue.page', { page, pages })}</span>
      <Button disabled={page >= pages} onClick={() => go({ page: page + 1 })}>
        {translate('console.queue.next')}
      </Button>
    </Box>
  );
}
