import { openDatabase } from '../../db/connect.ts';
import { communes } from '../../db/reference/load.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { runPass } from '../../workers/activities/freshness.ts';

/** What one pass cost its process; memory in bytes beyond what it took before. */
export interface PassCost {
  readonly moved: number;
  readonly seconds: number;
  readonly cpuSeconds: number;
  /** Held after a collection. */
  readonly held: number;
  /** Resident at most, collected or not. */
  readonly most: number;
}

/** Bytes that something holds, after a collection; `--expose-gc` gives the collector. */
function held(): number {
  if (globalThis.gc === undefined) throw new Error('Cannot collect: run with --expose-gc');
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

const db = await openDatabase({ url: process.env.DATABASE_URL ?? '', poolMax: 4, statementTimeoutMs: 600_000 });
// Read once per process, whatever the offer's size.
await communes();
const heldBefore = held();
const before = process.memoryUsage().rss;
const spent = process.cpuUsage();
const began = performance.now();
let most = before;
const { avancees } = await runPass(db, {
  day: parisDayOf(Date.now()),
  now: Date.now,
  onPage: () => {
    most = Math.max(most, process.memoryUsage().rss);
  },
});
const seconds = (performance.now() - began) / 1_000;
const { user, system } = process.cpuUsage(spent);
const cost: PassCost = {
  moved: avancees,
  seconds,
  cpuSeconds: (user + system) / 1e6,
  held: held() - heldBefore,
  most: most - before,
};
console.log(JSON.stringify(cost));
await db.close();
