import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Client, WorkflowHandle } from '@temporalio/client';
import { type NativeConnection, Worker } from '@temporalio/worker';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../db/connect.ts';
import { openRelease } from '../../db/publication/releases.ts';
import { acceptSample } from '../../db/publication/sample-offre.ts';
import {
  actionId,
  aFormation,
  anAction,
  anOrganisme,
  aSession,
  ficheId,
  sessionId,
} from '../../domain/model/builders.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { publicationActivities } from '../../workers/activities/publication.ts';
import { readWorkerSettings } from '../../workers/settings.ts';
import { testBundle } from '../../workers/stage-worker.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import type { PublicationActivities } from '../../workflows/publication.ports.ts';
import { createTestDatabase } from './database.ts';

/** A Temporal, that of the run or one of a test's own. */
export interface TemporalDoor {
  readonly client: Client;
  readonly nativeConnection: NativeConnection;
}

interface PublicationWorkerOptions {
  /** Default: the scene's. */
  readonly taskQueue?: string;
  /** Activities that a test replaces, given the real ones. */
  readonly change?: (real: PublicationActivities) => Partial<PublicationActivities>;
}

/** An accepted offer of three formations in a database of its own, and who publishes it. */
export interface PublicationScene {
  readonly db: Database;
  /** A queue of its own: the run's server is shared. */
  readonly queue: string;
  readonly worker: (options?: PublicationWorkerOptions) => Promise<Worker>;
  /** Opens a release that nobody scheduled. */
  readonly requested: () => ReturnType<typeof openRelease>;
  readonly start: (n: number) => Promise<WorkflowHandle>;
  /** Day and state of what the Schedule opened, by number. */
  readonly scheduledReleases: () => Promise<readonly { readonly day: string; readonly state: string }[]>;
  readonly close: () => Promise<void>;
}

async function acceptOffer(db: Database, day: ParisDay): Promise<void> {
  await db.asWorker(async (tx) => {
    await acceptSample(tx, anOrganisme(), { day });
    for (const k of [1, 2, 3]) {
      const sessions = [aSession({ id: sessionId(k), numero: `21_S${k}` })];
      const actions = [anAction({ id: actionId(k), numero: `21_A${k}`, sessions })];
      await acceptSample(tx, aFormation({ id: ficheId(100 + k), numero: `21_${k}`, actions }), { day });
    }
  });
}

/**
 * Opens it; `door` is asked at each use, as a server may come back elsewhere; `now` is the clock of its worker, in ms, and
 * tells the day on which the offer was accepted.
 */
export async function openPublicationScene(door: () => TemporalDoor, now: () => number): Promise<PublicationScene> {
  const { url, drop } = await createTestDatabase();
  const db = await openDatabase({ url, poolMax: 6 });
  const folder = await mkdtemp(join(tmpdir(), 'sofi-publication-'));
  const queue = `publication-${crypto.randomUUID()}`;
  const day = parisDayOf(now());
  // Workflow ids carry the release's number and the server is shared: no two tests publish the same one.
  await db.orm.em.getConnection().execute(`select setval('release_n_seq', ${1 + Math.floor(Math.random() * 1e9)})`);
  await acceptOffer(db, day);
  const settings = readWorkerSettings({ DATABASE_URL: url, SOFI_DATA: folder });
  return {
    db,
    queue,
    async worker({ taskQueue = queue, change } = {}) {
      const { client, nativeConnection } = door();
      const real = publicationActivities({ db, temporal: client, region: PAYS_DE_LA_LOIRE, settings }, now);
      return Worker.create({
        connection: nativeConnection,
        taskQueue,
        workflowBundle: await testBundle(),
        activities: { ...real, ...change?.(real) },
        shutdownForceTime: 500,
        shutdownGraceTime: 100,
      });
    },
    requested: () =>
      db.asWorker((tx) => openRelease(tx, { kind: 'normal', scheduled: false, day, requestedBy: null, at: now() })),
    start: (n) =>
      door().client.workflow.start('publication', {
        workflowId: workflowIdOf.publication(n),
        taskQueue: queue,
        args: [{ kind: 'release', n }],
      }),
    scheduledReleases: () =>
      db.asWorker(async (tx) => {
        const asked = sql<{ day: string; state: string }>`select day, state from release where scheduled order by n`;
        return (await asked.execute(tx)).rows;
      }),
    async close() {
      await db.close();
      await drop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
