import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../db/connect.ts';
import { importToRun } from '../../../db/imports/import-rows.ts';
import type { ImportRun } from '../../../db/imports/run.ts';
import type { ImportReport } from '../../../domain/contract/import.contract.ts';
import type { InstantMs, UserId } from '../../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../../domain/model/region.ts';
import type { Platform } from '../../sofi/platform-calls.ts';
import { lheoFile } from '../generator/file.ts';
import type { SetOptions } from '../generator/formation.ts';
import { sendFile } from './send-file.ts';
import { partsOf } from './set.ts';
import { addSites } from './sites.ts';
import { spreadStates } from './states.ts';

const LOOK_EVERY_MS = 500;
/** Formations of another system's flow that wait in the queue. */
const WAITING = 400;

export interface RegionTarget {
  readonly platform: Platform;
  readonly db: Database;
  readonly set: SetOptions;
  /** Told what is done of the step at hand. */
  readonly onProgress: (step: string, done: number, total: number) => void;
}

/** What was sent and how long each step took, in seconds. */
export interface RegionLoaded {
  readonly bytes: number;
  readonly gzipped: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: number;
  readonly seconds: { readonly send: number; readonly load: number; readonly sites: number; readonly states: number };
}

/** Loads the region set through the doors of the platform; what is there already is unchanged. */
export async function loadRegion(target: RegionTarget): Promise<RegionLoaded> {
  const watch = stopwatch();
  const total = { bytes: 0, gzipped: 0, created: 0, changed: 0, unchanged: 0, refused: 0 };
  const seconds = { send: 0, load: 0, sites: 0, states: 0 };
  let last: string | undefined;
  for (const part of partsOf(target.set)) {
    target.onProgress('envoi', part.from, target.set.formations);
    const sent = await sendFile(target.platform, 'reprise', lheoFile(target.set, part));
    seconds.send += watch();
    const report = await untilDone(target, sent.report.id, part.from);
    seconds.load += watch();
    last = report.id;
    total.bytes += sent.bytes;
    total.gzipped += sent.gzipped;
    for (const name of ['created', 'changed', 'unchanged'] as const) total[name] += report[name];
    total.refused += report.refused.length;
  }
  if (last !== undefined) {
    const run = await runOf(target.db, last);
    await addSites(target.db, run, target.set, (done) => target.onProgress('sites', done, target.set.organismes));
    seconds.sites = watch();
  }
  await fillQueue(target);
  seconds.states = watch();
  return { ...total, seconds };
}

/** Some formations of another system wait, and some soumissions stand in every other statut. */
async function fillQueue(target: RegionTarget): Promise<void> {
  const { platform, db, set } = target;
  const waiting = { ...set, formations: WAITING, prefix: '07_' };
  const { report } = await sendFile(platform, 'intercarif', lheoFile(waiting));
  await untilDone({ ...target, set: waiting }, report.id, 0);
  await untilChecked(db);
  target.onProgress('états', 0, 1);
  await spreadStates(platform, db);
}

async function untilDone(
  { platform, set, onProgress }: RegionTarget,
  id: string,
  before: number,
): Promise<ImportReport> {
  for (;;) {
    const report = await platform.call<ImportReport>('GET', `/api/v1/imports/${id}`);
    onProgress('chargement', before + report.read, set.formations);
    if (report.state === 'failed') throw new Error(`L'import ${id} a échoué : ${report.error?.message ?? ''}`);
    if (report.state === 'done') return report;
    await sleep(LOOK_EVERY_MS);
  }
}

/** The checks of what came into the queue are done by a workflow each. */
async function untilChecked(db: Database): Promise<void> {
  const pending = () =>
    db.asWorker((sql) =>
      sql.selectFrom('soumission').select('id').where('statut', '=', 'deposee').limit(1).executeTakeFirst(),
    );
  while ((await pending()) !== undefined) await sleep(LOOK_EVERY_MS);
}

async function runOf(db: Database, id: string): Promise<ImportRun> {
  const row = await db.asWorker((sql) => importToRun(sql, id));
  if (row === undefined) throw new Error(`Cannot find import "${id}"`);
  const by = { userId: row.userId as UserId, role: row.role };
  return { ...row, by, at: Date.now() as InstantMs, region: PAYS_DE_LA_LOIRE };
}

/** Seconds since it was last asked. */
function stopwatch(): () => number {
  let from = performance.now();
  return () => {
    const now = performance.now();
    const seconds = (now - from) / 1000;
    from = now;
    return seconds;
  };
}
