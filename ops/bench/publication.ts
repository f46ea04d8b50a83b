import { createReadStream, createWriteStream } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { fileOf, formationsOf, lheoFile } from '../demo/generator/file.ts';
import type { SetOptions } from '../demo/generator/formation.ts';
import { partsOf, regionSet } from '../demo/region/set.ts';
import { RemotePlatform } from '../demo/remote-platform.ts';
import { Rig } from '../drill/rig.ts';
import type { Bench, Row } from './bench.ts';
import { feedRows } from './publication/feed-load.ts';
import { Feeds, FULL } from './publication/feeds.ts';
import { openNginx } from './publication/nginx.ts';
import { forgetPeak, peakMb } from './publication/peak.ts';
import { sendSet } from './send-set.ts';

const CHANGED = 0.02;
/** Seconds and MB. Those of work in proportion are the region's, scaled; memory is flat. */
const GOALS = { first: 90, day: 8, nothing: 2, brotli: 60, urgence: 15, memory: 512 } as const;
/** ×15 in 25 minutes. */
const FIRST_OF_NATION = 1_500 / 15;

const firstGoal = (scale: number): number => (scale > 1 ? FIRST_OF_NATION : GOALS.first) * Math.max(scale, 0.05);
const dayGoal = (goal: number, scale: number): number => goal * Math.max(scale, 1);

/** The first formations of the set with another title. */
function* changedFile(set: SetOptions): Generator<string> {
  const count = Math.max(1, Math.round(set.formations * CHANGED));
  const changed = function* () {
    for (const formation of formationsOf(set, { from: 0, to: count }))
      yield { ...formation, 'intitule-formation': 'Intitulé changé pour la mesure' };
  };
  yield* fileOf(changed());
}

/** What compressing the same file costs on this machine now, in seconds. */
async function gzipSeconds(file: string): Promise<number> {
  const began = performance.now();
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), createGzip(), createWriteStream(`${file}.gz`));
  return (performance.now() - began) / 1000;
}

function goal(what: string, measured: number, reference: number, unit: Row['unit'] = 's'): Row {
  return { what, measured, unit, reference, referenceIs: 'the goal', atMost: 1 };
}

async function daysRows(rig: Rig, feeds: Feeds, set: SetOptions, scale: number, say: Say): Promise<Row[]> {
  const pids = await Promise.all(['worker', 'api'].map((part) => rig.pidOf(part)));
  const loaded = await Promise.all(pids.map(peakMb));
  await Promise.all(pids.map(forgetPeak));
  const first = await feeds.release();
  say(`first release in ${first.seconds.toFixed(1)} s`);
  await feeds.untilBrotli();
  const released = await Promise.all(pids.map(peakMb));
  const file = join(rig.folder, FULL);
  const before = await feeds.download(file);
  const gzip = await gzipSeconds(file);
  const nothing = await feeds.release();
  const after = await feeds.download(file);
  if (before.etag !== after.etag || before.sha256 !== after.sha256)
    throw new Error('an unchanged day changed its bytes or its ETag');
  await sendSet(rig, feeds.admin, 'reprise', changedFile(set));
  const day = await feeds.release();
  say(`a day of changes in ${day.seconds.toFixed(1)} s`);
  const brotli = await feeds.untilBrotli();
  const { formations } = first.manifest.counts;
  return [
    goal(`first full release (${formations} formations)`, first.seconds, firstGoal(scale)),
    { ...goal('first full release', first.seconds, gzip), referenceIs: 'gzip of its file', atMost: 100 },
    goal('most memory of the worker, importing', loaded[0] ?? 0, GOALS.memory, 'MB'),
    goal('most memory of the worker, first release', released[0] ?? 0, GOALS.memory, 'MB'),
    goal('most memory of the API, files and brotli', released[1] ?? 0, GOALS.memory, 'MB'),
    goal(`${CHANGED * 100} % changed (${day.manifest.difference.changed})`, day.seconds, dayGoal(GOALS.day, scale)),
    goal('nothing changed', nothing.seconds, dayGoal(GOALS.nothing, scale)),
    goal('brotli later', brotli, dayGoal(GOALS.brotli, scale)),
  ];
}

type Say = (line: string) => void;

async function measure(rig: Rig, scale: number, say: Say): Promise<readonly Row[]> {
  const admin = new RemotePlatform(rig.run.apiUrl, rig.run.operatorSecret);
  const feeds = new Feeds(rig.run.apiUrl, admin);
  const set = await regionSet(scale, 1, Date.now());
  for (const part of partsOf(set)) await sendSet(rig, admin, 'reprise', lheoFile(set, part));
  say(`${set.formations} formations are accepted`);
  const rows = await daysRows(rig, feeds, set, scale, say);
  rows.push(goal('emergency withdrawal, decision to feed', await feeds.withdraw(), GOALS.urgence));
  await feeds.untilBrotli();
  const file = join(rig.folder, FULL);
  const { etag } = await feeds.download(file);
  const nginx = await openNginx(file, join(rig.folder, 'nginx'), say);
  if (nginx === undefined) {
    say('nginx cannot be had: the feeds are not compared');
    return rows;
  }
  try {
    return [...rows, ...(await feedRows({ url: feeds.full, etag }, nginx))];
  } finally {
    await nginx.stop();
  }
}

export const bench: Bench = {
  name: 'publication',
  comparedTo: 'the goals of the region, gzip of the same file, nginx on it',
  async run(say, scale) {
    const rig = await Rig.open();
    try {
      return await measure(rig, scale, say);
    } finally {
      await rig.close();
      await rm(rig.folder, { recursive: true, force: true });
    }
  },
};
