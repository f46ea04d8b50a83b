import { z } from 'zod';
import type { Viewer } from '../db/connect.ts';
import type { ReleaseAct } from '../db/entities/publication.entity.ts';
import { businessDay } from '../db/horloge.ts';
import { forceRelease, liftHold, pauseRelease, resumeRelease } from '../db/publication/acts.ts';
import { differencePage } from '../db/publication/members.ts';
import { manifestOf } from '../db/publication/published.ts';
import { openRelease } from '../db/publication/releases.ts';
import { previewRollBack } from '../db/publication/roll-back.ts';
import { texte } from '../domain/contract/common.ts';
import { release, releaseChange, rollBackPreview } from '../domain/contract/release.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { SIGNALS, workflowIdOf } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { readOne, startPublication } from './releases.router.ts';

const byNumber = z.strictObject({ n: z.coerce.number().int().min(1).max(999_999_999) });
const reasoned = z.strictObject({ reason: texte(2000, 3) });
const RANGE_MAX = 1_000;

const actOf = (viewer: Viewer, reason: string): ReleaseAct => ({
  by: viewer.userId,
  at: new Date().toISOString(),
  reason,
});

/** A paused release that is not told looks by itself within a minute. */
async function tellMoved(deps: ApiDeps, n: number): Promise<void> {
  try {
    const client = await deps.temporal();
    await client.workflow.getHandle(workflowIdOf.publication(n)).signal(SIGNALS.releaseMoved);
  } catch (error) {
    deps.log.warn({ err: error, release: n }, 'publication not told');
  }
}

const pause = endpoint({
  method: 'post',
  path: '/releases/{n}/pause',
  summary: 'A running release waits after the page it is at',
  tag: 'publication',
  access: ['update', 'release'],
  idempotency: 'optional',
  params: byNumber,
  body: reasoned,
  answers: { 200: release },
  async handle({ deps, viewer, params: { n }, body: { reason } }) {
    await deps.db.asViewer(viewer, (tx) => pauseRelease(tx, n, actOf(viewer, reason)));
    return { body: await readOne(deps, viewer, n) };
  },
});

const resume = endpoint({
  method: 'post',
  path: '/releases/{n}/resume',
  summary: 'A waiting release goes on; one that gave way to an emergency is followed by another',
  tag: 'publication',
  access: ['update', 'release'],
  idempotency: 'optional',
  params: byNumber,
  body: z.strictObject({ reason: texte(2000).optional() }).optional(),
  answers: { 200: release },
  async handle({ deps, viewer, params: { n } }) {
    const driven = await deps.db.asViewer(viewer, (tx) => resumeRelease(tx, n));
    if (driven === n) await tellMoved(deps, n);
    else await startPublication(deps, driven);
    return { body: await readOne(deps, viewer, driven) };
  },
});

const force = endpoint({
  method: 'post',
  path: '/releases/{n}/force',
  summary: 'Lets a release pass the circuit breaker; one published with organismes kept back is followed by another',
  tag: 'publication',
  access: ['update', 'release'],
  idempotency: 'optional',
  params: byNumber,
  body: reasoned,
  answers: { 202: release },
  async handle({ deps, viewer, params: { n }, body: { reason } }) {
    await deps.temporal();
    const act = actOf(viewer, reason);
    const at = Date.now();
    const driven = await deps.db.asViewer(viewer, async (tx) => {
      const { next } = await forceRelease(tx, n, act);
      if (next !== 'anew') return n;
      const request = {
        kind: 'normal',
        scheduled: false,
        day: await businessDay(tx, at),
        requestedBy: viewer.userId,
        at,
      } as const;
      const opened = await openRelease(tx, { ...request, forced: act });
      if (opened.outcome === 'opened') return opened.n;
      throw new SofiError('release-ouverte', undefined, { release: opened.n });
    });
    await startPublication(deps, driven);
    const headers = { Location: `/api/v1/releases/${driven}` };
    return { status: 202, headers, body: await readOne(deps, viewer, driven) };
  },
});

async function requirePublished(deps: ApiDeps, viewer: Viewer, n: number): Promise<void> {
  const found = await deps.db.asViewer(viewer, (tx) => manifestOf(tx, n));
  if (found === undefined) throw new SofiError('introuvable', `Cannot find published release ${n}`);
}

const preview = endpoint({
  method: 'get',
  path: '/releases/{n}/rollback',
  summary: 'What a roll-back to this release would bring back and take out',
  tag: 'publication',
  access: ['read', 'release'],
  params: byNumber,
  answers: { 200: rollBackPreview },
  async handle({ deps, viewer, params: { n } }) {
    await requirePublished(deps, viewer, n);
    return {
      body: await deps.db.asViewer(viewer, async (tx) => previewRollBack(tx, n, await businessDay(tx, Date.now()))),
    };
  },
});

const rollBack = endpoint({
  method: 'post',
  path: '/releases/{n}/rollback',
  summary: 'A new release with the set of this one; publication is then on hold',
  tag: 'publication',
  access: ['create', 'release'],
  idempotency: 'optional',
  params: byNumber,
  body: reasoned,
  answers: { 202: release },
  async handle({ deps, viewer, params: { n: target }, body: { reason } }) {
    await deps.temporal();
    await requirePublished(deps, viewer, target);
    const at = Date.now();
    const { n, outcome } = await deps.db.asViewer(viewer, async (tx) =>
      openRelease(tx, {
        kind: 'rollback',
        target,
        forced: actOf(viewer, reason),
        scheduled: false,
        day: await businessDay(tx, at),
        requestedBy: viewer.userId,
        at,
      }),
    );
    if (outcome !== 'opened') throw new SofiError('release-ouverte', undefined, { release: n, retryAfter: 5 });
    await startPublication(deps, n);
    return { status: 202, headers: { Location: `/api/v1/releases/${n}` }, body: await readOne(deps, viewer, n) };
  },
});

const lift = endpoint({
  method: 'delete',
  path: '/releases/hold',
  summary: 'Lets publication go on after a roll-back',
  tag: 'publication',
  access: ['delete', 'release'],
  idempotency: 'optional',
  answers: { 204: 'lifted' },
  async handle({ deps, viewer }) {
    await deps.db.asViewer(viewer, (tx) => liftHold(tx, actOf(viewer, '')));
    return { status: 204 };
  },
});

const difference = endpoint({
  method: 'get',
  path: '/releases/{n}/difference',
  summary: 'The formations that a release, switched or prepared, moves',
  tag: 'publication',
  access: ['read', 'release'],
  params: byNumber,
  query: z.strictObject({
    what: z.enum(['added', 'changed', 'deleted', 'reRendered']).optional(),
    from: z.coerce.number().int().min(0).default(0),
    limit: z.coerce.number().int().min(1).max(RANGE_MAX).default(100),
  }),
  answers: { 200: z.object({ total: z.int(), rows: z.array(releaseChange) }) },
  async handle({ deps, viewer, params: { n }, query: { what, from, limit } }) {
    await readOne(deps, viewer, n);
    const asked = { what: what === undefined ? undefined : [what], from, limit };
    return { body: await deps.db.asViewer(viewer, (tx) => differencePage(tx, n, asked)) };
  },
});

/** What administrators do to releases; literal addresses come before those with a number. */
export const releaseActsEndpoints: readonly Endpoint[] = [lift, pause, resume, force, preview, rollBack, difference];
