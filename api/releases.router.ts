import { z } from 'zod';
import type { Viewer } from '../db/connect.ts';
import { RELEASE_STATES } from '../db/entities/publication.entity.ts';
import { businessDay } from '../db/horloge.ts';
import { RELEASE_SORTS, type ReleaseRecord, readReleaseRecord, readReleases } from '../db/publication/list.ts';
import { openRelease } from '../db/publication/releases.ts';
import { release } from '../domain/contract/release.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { LOTS, TASK_TIMEOUT, WORKFLOWS, workflowIdOf } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf } from './lists.ts';

const START_DEADLINE_MS = 4_000;

export const releaseDto = (row: ReleaseRecord): z.infer<typeof release> => ({
  id: row.n,
  n: row.n,
  kind: row.kind,
  state: row.state,
  day: row.day,
  scheduled: row.scheduled,
  dryRun: row.dryRun,
  target: row.target,
  paused: row.paused,
  forced: row.forced,
  holdLifted: row.holdLifted,
  step: row.step,
  progress: row.progress,
  openedAt: row.openedAt.toISOString(),
  switchedAt: row.switchedAt?.toISOString() ?? null,
  counts: row.report?.counts ?? null,
  difference: row.report?.difference ?? null,
  keptOut: [...(row.report?.keptOut ?? [])],
  gone: row.report?.gone ?? null,
  organismes: [...(row.report?.organismes ?? [])],
  reason: row.report?.reason ?? null,
  files: [...(row.files ?? [])],
});

/** Starts the release's own workflow; when it runs already, that one goes on. */
export async function startPublication(deps: ApiDeps, n: number): Promise<void> {
  const client = await deps.temporal();
  const start = () =>
    client.workflow.start(WORKFLOWS.publication, {
      workflowId: workflowIdOf.publication(n),
      taskQueue: LOTS,
      args: [{ kind: 'release', n }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowTaskTimeout: TASK_TIMEOUT,
    });
  try {
    await client.connection.withDeadline(Date.now() + START_DEADLINE_MS, start);
  } catch (error) {
    deps.log.warn({ err: error, release: n }, 'publication not started');
    throw new SofiError('temporal-absent', undefined, { retryAfter: 2 });
  }
}

export async function readOne(deps: ApiDeps, viewer: Viewer, n: number) {
  const row = await deps.db.asViewer(viewer, (tx) => readReleaseRecord(tx, n));
  if (row === undefined) throw new SofiError('introuvable', `Cannot find release ${n}`);
  return releaseDto(row);
}

/** Opens a release that a person asks for, beside the scheduled one of the day, and starts it; `release-ouverte` behind another kind. */
export async function askRelease(
  deps: ApiDeps,
  viewer: Viewer,
  { kind, dryRun = false }: { readonly kind: 'normal' | 'emergency'; readonly dryRun?: boolean | undefined },
): Promise<number> {
  // Nothing is opened while nobody could drive it.
  await deps.temporal();
  const at = Date.now();
  const { n, outcome } = await deps.db.asViewer(viewer, async (tx) =>
    openRelease(tx, {
      kind,
      dryRun,
      scheduled: false,
      day: await businessDay(tx, at),
      requestedBy: viewer.userId,
      at,
    }),
  );
  await startPublication(deps, n);
  if (outcome === 'busy') throw new SofiError('release-ouverte', undefined, { release: n, retryAfter: 5 });
  return n;
}

const ask = endpoint({
  method: 'post',
  path: '/releases',
  summary: 'Asks for a release now; joins the open one of the same kind',
  tag: 'publication',
  access: ['create', 'release'],
  idempotency: 'optional',
  body: z.strictObject({ kind: z.enum(['normal', 'emergency']), dryRun: z.boolean().optional() }),
  answers: { 202: release },
  async handle({ deps, viewer, body }) {
    const n = await askRelease(deps, viewer, body);
    return { status: 202, headers: { Location: `/api/v1/releases/${n}` }, body: await readOne(deps, viewer, n) };
  },
});

const list = listEndpoints({
  path: '/releases',
  noun: 'releases',
  summary: 'Releases, the newest first',
  tag: 'publication',
  access: ['read', 'release'],
  filter: z.strictObject({ state: anyOf(z.enum(RELEASE_STATES)).optional() }),
  sorts: RELEASE_SORTS,
  first: ['n', 'desc'],
  row: release,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (tx) => readReleases(tx, asked));
    return { rows: rows.map(releaseDto), total };
  },
});

const one = endpoint({
  method: 'get',
  path: '/releases/{n}',
  summary: 'One release: its step and progress while it runs, its report after',
  tag: 'publication',
  access: ['read', 'release'],
  params: z.strictObject({ n: z.coerce.number().int().min(1).max(999_999_999) }),
  answers: { 200: release },
  handle: async ({ deps, viewer, params: { n } }) => ({ body: await readOne(deps, viewer, n) }),
});

/** `/releases`: asked for by administrators, read by the Cariforef. */
export const releaseEndpoints: readonly Endpoint[] = [ask, ...list, one];
