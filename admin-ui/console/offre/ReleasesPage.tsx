import { Button, LinearProgress, Link as MuiLink, Stack } from '@mui/material';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useNotify, usePermissions, useTranslate } from 'react-admin';
import type { z } from 'zod';
import type { release } from '../../../domain/contract/release.contract.ts';
import { callApi } from '../../shared/http/api.ts';
import { asProblem, noticeOf } from '../../shared/http/problem.ts';
import { type Column, TablePage } from '../../shared/parts/TablePage.tsx';
import { useCount } from '../../shared/words/use-count.ts';
import { useDates } from '../../shared/words/use-dates.ts';
import { HealthPanel } from '../releases/HealthPanel.tsx';

type Release = z.infer<typeof release>;
const SORT = { field: 'n', order: 'DESC' } as const;
const POLL_MS = 3_000;

function Progress({ progress, step }: Pick<Release, 'progress' | 'step'>) {
  const translate = useTranslate();
  const count = useCount();
  const [done, total] = [progress?.done ?? 0, progress?.total ?? 0];
  const words = translate(`console.release.steps.${step}`, { _: step });
  if (total === 0) return words;
  return (
    <>
      {words} {count(done)} / {count(total)}
      <LinearProgress
        variant="determinate"
        value={(100 * done) / total}
        aria-label={`${translate('console.release.progress')} : ${words}`}
      />
    </>
  );
}

/** Releases, newest first; an administrator may publish now. */
export function ReleasesPage() {
  const translate = useTranslate();
  const { dateTime } = useDates();
  const count = useCount();
  const columns: Column<Release>[] = [
    { label: 'console.release.number', show: ({ n }) => (n > 0 ? n : '') },
    { label: 'console.release.day', show: ({ day }) => day.split('-').reverse().join('/') },
    { label: 'console.release.kind', show: ({ kind }) => translate(`console.release.kinds.${kind}`, { _: kind }) },
    { label: 'console.release.state', show: ({ state }) => translate(`console.release.states.${state}`, { _: state }) },
    { label: 'console.release.step', show: (row) => <Progress {...row} /> },
    {
      label: 'console.release.switchedAt',
      show: ({ switchedAt }) => (switchedAt === null ? '' : dateTime(switchedAt)),
    },
    {
      label: 'console.release.counts',
      show: ({ counts }) => counts && translate('console.release.countsWords', counts),
    },
    {
      label: 'console.release.difference',
      show: ({ difference }) => difference && translate('console.release.differenceWords', difference),
    },
    {
      label: 'console.release.keptOut',
      show: ({ keptOut }) => (keptOut.length === 0 ? '' : count(keptOut.length)),
    },
  ];
  return (
    <>
      <Stack spacing={1} sx={{ mb: 1.5 }}>
        <HealthPanel />
      </Stack>
      <TablePage<Release>
        to={({ n }) => `/releases/${n}`}
        resource="releases"
        title="console.release.title"
        columns={columns}
        sort={SORT}
        refreshMs={POLL_MS}
        actions={
          <>
            <MuiLink href="/flux/manifest.json">{translate('console.release.feeds')}</MuiLink>
            <PublishButton />
          </>
        }
      />
    </>
  );
}

/** Asks for a release now; there for administrators only. */
function PublishButton() {
  const translate = useTranslate();
  const notify = useNotify();
  const client = useQueryClient();
  const { permissions } = usePermissions<string>();
  const [busy, setBusy] = useState(false);
  if (permissions !== 'administrateur') return null;
  async function publish(dryRun: boolean) {
    setBusy(true);
    try {
      await callApi('/releases', { method: 'POST', body: { kind: 'normal', dryRun } });
      notify('console.release.publishing', { type: 'success' });
      await client.invalidateQueries({ queryKey: ['releases'] });
    } catch (error) {
      const found = asProblem(error);
      notify(found ? noticeOf(found.problem) : String(error), { type: 'error' });
    } finally {
      setBusy(false);
    }
  }
  return (
    <>
      <Button variant="outlined" disabled={busy} onClick={() => void publish(true)}>
        {translate('diffusion.acts.dryRun')}
      </Button>
      <Button variant="contained" disabled={busy} onClick={() => void publish(false)}>
        {translate('console.release.publish')}
      </Button>
    </>
  );
}
