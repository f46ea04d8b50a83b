import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { lheoFile } from '../demo/generator/file.ts';
import { partsOf, regionSet } from '../demo/region/set.ts';
import { RemotePlatform } from '../demo/remote-platform.ts';
import { Rig } from '../drill/rig.ts';
import type { Bench, Row } from './bench.ts';
import { measureBulk } from './moderation/bulk.ts';
import { measureDeposits } from './moderation/deposits.ts';
import { measureLarge } from './moderation/large.ts';
import { measureLife } from './moderation/life.ts';
import { measureNext } from './moderation/next.ts';
import { measureQueue } from './moderation/queue.ts';
import { measureSaturation } from './moderation/saturation.ts';
import { countIn, openStage, type Stage } from './moderation/stage.ts';
import { sendSet } from './send-set.ts';

/** 1 is the region; the open items are in the same proportion. */
const SCALE = Number(process.env.SOFI_BENCH_SCALE ?? '1');
/** Minutes of deposits, at the rate of a peak day within twenty. */
const MINUTES = Number(process.env.SOFI_BENCH_MINUTES ?? '20');
/** Only some of the parts, by name; all by default. */
const ONLY = (process.env.SOFI_BENCH_ONLY ?? '').split(',').filter(Boolean);
const OPEN_ITEMS = 10_000;
const LOOK_EVERY_MS = 500;

const PARTS: Readonly<Record<string, (stage: Stage) => Promise<readonly Row[]>>> = {
  queue: (stage) => measureQueue(stage, 5),
  life: async (stage) => (await measureLife(stage, SCALE < 1 ? 60 : 180)).rows,
  saturation: (stage) => measureSaturation(stage, Math.min(600, Math.round(OPEN_ITEMS * SCALE * 0.2))),
  large: (stage) => measureLarge(stage),
  bulk: (stage) => measureBulk(stage, Math.min(500, Math.round(OPEN_ITEMS * SCALE * 0.25))),
  next: (stage) => measureNext(stage, Math.min(1_000, Math.round(OPEN_ITEMS * SCALE * 0.1))),
  deposits: (stage) => measureDeposits(stage, MINUTES),
};

/** The region's offer accepted, then another system's flow that waits in the queue, past its checks. */
async function load(rig: Rig, say: (line: string) => void): Promise<void> {
  const admin = new RemotePlatform(rig.run.apiUrl, rig.run.operatorSecret);
  const set = await regionSet(SCALE, 1, Date.now());
  for (const part of partsOf(set)) await sendSet(rig, admin, 'reprise', lheoFile(set, part));
  say(`${set.formations} formations are accepted`);
  const waiting = { ...set, formations: Math.round(OPEN_ITEMS * SCALE), prefix: '07_' };
  await sendSet(rig, admin, 'intercarif', lheoFile(waiting));
}

/** What the server does by itself in the hours in which a queue grows; here it grew in minutes. */
async function settle(rig: Rig): Promise<void> {
  const client = new pg.Client({ connectionString: rig.run.databaseUrl });
  await client.connect();
  await client.query('vacuum (analyze)').finally(() => client.end());
}

async function measure(rig: Rig, say: (line: string) => void): Promise<readonly Row[]> {
  const began = performance.now();
  await load(rig, say);
  const stage = await openStage(rig);
  try {
    while ((await countIn(stage, 'deposee')) > 0) await sleep(LOOK_EVERY_MS);
    await settle(rig);
    say(`${await countIn(stage, 'controlee')} items wait after ${((performance.now() - began) / 1_000).toFixed(0)} s`);
    const rows: Row[] = [];
    for (const [name, part] of Object.entries(PARTS)) {
      if (ONLY.length > 0 && !ONLY.includes(name)) continue;
      rows.push(...(await part(stage)));
      say(`${name} done`);
    }
    return rows;
  } finally {
    await stage.close();
  }
}

export const bench: Bench = {
  name: 'moderation',
  comparedTo: "the limits of a soumission's life; empty Updates, the cheapest page, the same work in calm",
  async run(say) {
    const rig = await Rig.open();
    try {
      return await measure(rig, say);
    } finally {
      await rig.close();
    }
  },
};
