import { z } from 'zod';
import type { Viewer } from '../db/connect.ts';
import { texte } from '../domain/contract/common.ts';
import { horaire } from '../domain/contract/release.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { PUBLICATION_SCHEDULE } from '../workflows/messages.ts';
import type { ApiDeps } from './deps.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { askRelease } from './releases.router.ts';

const DEADLINE_MS = 4_000;
const byId = z.strictObject({ id: texte(100, 1) });

/** One conversation with Temporal, within the patience of a person; `temporal-absent` else. */
async function withTemporal<T>(
  deps: ApiDeps,
  work: (client: Awaited<ReturnType<ApiDeps['temporal']>>) => Promise<T>,
): Promise<T> {
  const client = await deps.temporal();
  return client.connection.withDeadline(Date.now() + DEADLINE_MS, () => work(client));
}

async function readHoraire(deps: ApiDeps, id: string): Promise<z.infer<typeof horaire>> {
  return withTemporal(deps, async (client) => {
    const described = await client.schedule
      .getHandle(id)
      .describe()
      .catch(() => undefined);
    if (described === undefined) throw new SofiError('introuvable', `Cannot find schedule "${id}"`);
    const { state, info } = described;
    return {
      id,
      paused: state.paused,
      note: state.note ?? null,
      // After an outage the server still tells those that passed.
      next: info.nextActionTimes.filter((at) => at.getTime() > Date.now()).map((at) => at.toISOString()),
      last: info.recentActions.at(-1)?.takenAt.toISOString() ?? null,
    };
  });
}

const list = endpoint({
  method: 'get',
  path: '/horaires',
  summary: 'What runs by itself, and when next',
  tag: 'administration',
  access: ['read', 'release'],
  answers: { 200: horaire.array() },
  async handle({ deps }) {
    const ids = await withTemporal(deps, async (client) => {
      const found: string[] = [];
      for await (const { scheduleId } of client.schedule.list()) found.push(scheduleId);
      return found.toSorted();
    });
    return { body: await Promise.all(ids.map((id) => readHoraire(deps, id))) };
  },
});

type Handle = ReturnType<Awaited<ReturnType<ApiDeps['temporal']>>['schedule']['getHandle']>;

interface Acted {
  readonly deps: ApiDeps;
  readonly viewer: Viewer;
  readonly id: string;
  readonly note: string;
}

const act = (name: 'pause' | 'resume' | 'run', summary: string, run: (handle: Handle, acted: Acted) => Promise<void>) =>
  endpoint({
    method: 'post',
    path: `/horaires/{id}/${name}`,
    summary,
    tag: 'administration',
    access: ['update', 'release'],
    idempotency: 'optional',
    params: byId,
    body: z.strictObject({ reason: texte(2000).optional() }).optional(),
    answers: { 200: horaire },
    async handle({ deps, viewer, params: { id }, body }) {
      await readHoraire(deps, id);
      const acted = { deps, viewer, id, note: body?.reason ?? '' };
      await withTemporal(deps, (client) => run(client.schedule.getHandle(id), acted));
      return { body: await readHoraire(deps, id) };
    },
  });

/** The Schedule's own release is the one of its day: a person who runs it asks for another beside it. */
async function runNow(handle: Handle, { deps, viewer, id }: Acted): Promise<void> {
  if (id === PUBLICATION_SCHEDULE) await askRelease(deps, viewer, { kind: 'normal' });
  else await handle.trigger();
}

/** Schedules: read by the Cariforef, moved by administrators. */
export const horairesEndpoints: readonly Endpoint[] = [
  list,
  act('pause', 'It no longer runs by itself', (handle, { note }) => handle.pause(note)),
  act('resume', 'It runs by itself again', (handle, { note }) => handle.unpause(note)),
  act('run', 'It runs now, once; the daily publication beside its scheduled release', runNow),
];
