import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import autocannon from 'autocannon';
import type { Manifest } from '../../db/publication/manifest.ts';
import { fileOf, formationsOf, lheoFile } from '../demo/generator/file.ts';
import type { SetOptions } from '../demo/generator/formation.ts';
import { partsOf, regionSet } from '../demo/region/set.ts';
import { RemotePlatform } from '../demo/remote-platform.ts';
import { Rig } from '../drill/rig.ts';
import { freePort } from '../services/ports.ts';
import type { Bench, Row } from './bench.ts';
import { sendSet } from './send-set.ts';

/** `SOFI_BENCH_SCALE=1` is the region; goals of time are those of the region, in proportion but for what is fixed. */
const SCALE = Number(process.env.SOFI_BENCH_SCALE ?? '1');
const CHANGED = 0.02;
const FULL = 'lheo-2.3.xml';
const GOALS = { first: 90, day: 8, nothing: 2, brotli: 60, memory: 512 } as const;
const SECONDS_OF_LOAD = 5;

interface Feeds {
  readonly url: string;
  readonly admin: RemotePlatform;
}

const manifestOf = async ({ url }: Feeds): Promise<Manifest | undefined> => {
  const response = await fetch(`${url}/flux/manifest.json`);
  const body = (await response.json()) as Manifest;
  return response.ok ? body : undefined;
};

/** Asks for a release and waits until its files are served as they are and in gzip; seconds from the ask. */
async function release(feeds: Feeds): Promise<{ seconds: number; manifest: Manifest }> {
  const began = performance.now();
  const { body } = await feeds.admin.post<{ n: number }>('/releases', { kind: 'normal' });
  for (;;) {
    const manifest = await manifestOf(feeds);
    if (manifest?.release === body.n) return { seconds: (performance.now() - began) / 1000, manifest };
    await sleep(50);
  }
}

/** The first formations of the set with another title. */
function* changedFile(set: SetOptions): Generator<string> {
  const count = Math.max(1, Math.round(set.formations * CHANGED));
  const changed = function* () {
    for (const formation of formationsOf(set, { from: 0, to: count }))
      yield { ...formation, 'intitule-formation': 'Intitulé changé pour la mesure' };
  };
  yield* fileOf(changed());
}

/** Most memory that a process held, in MB; 0 where the system does not tell. */
async function peakMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? '0') / 1024;
}

async function download(url: string, to: string): Promise<{ etag: string; bytes: number }> {
  const response = await fetch(`${url}/flux/${FULL}`, { headers: { 'Accept-Encoding': 'identity' } });
  if (response.body === null) throw new Error('no body');
  let bytes = 0;
  const counted = async function* (source: AsyncIterable<Uint8Array>) {
    for await (const piece of source) {
      bytes += piece.length;
      yield piece;
    }
  };
  await pipeline(response.body, counted, createWriteStream(to));
  return { etag: response.headers.get('etag') ?? '', bytes };
}

/** What compressing the same file costs on this machine now, in seconds. */
async function gzipSeconds(file: string): Promise<number> {
  const began = performance.now();
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), createGzip(), createWriteStream(`${file}.gz`));
  return (performance.now() - began) / 1000;
}

interface Served {
  readonly name: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly stop: () => Promise<void>;
}

/** nginx on the same file, with its own ETag; undefined when it is not installed. */
async function openNginx(folder: string, file: string): Promise<Served | undefined> {
  const port = await freePort();
  const home = join(folder, 'nginx');
  await mkdir(home, { recursive: true });
  const config = `daemon off; master_process on; worker_processes 1; pid ${home}/pid; error_log /dev/null;
    user root; events { worker_connections 512; } http { access_log off; sendfile on; etag on;
    client_body_temp_path ${home}/a; proxy_temp_path ${home}/b; fastcgi_temp_path ${home}/c; uwsgi_temp_path ${home}/d;
    scgi_temp_path ${home}/e; server { listen 127.0.0.1:${port}; root ${folder}; } }`;
  await writeFile(join(home, 'nginx.conf'), config);
  const child = spawn('nginx', ['-c', join(home, 'nginx.conf'), '-p', home], { stdio: 'ignore' });
  const failed = await Promise.race([
    once(child, 'error').then(() => true),
    once(child, 'exit').then(() => true),
    sleep(800).then(() => false),
  ]);
  if (failed) return undefined;
  const url = `http://127.0.0.1:${port}/${file.split('/').at(-1)}`;
  const head = await fetch(url, { method: 'HEAD' });
  return {
    name: 'nginx',
    url,
    headers: { 'If-None-Match': head.headers.get('etag') ?? '' },
    async stop() {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

const load = (url: string, headers: Record<string, string>, connections: number) =>
  autocannon({ url, headers, connections, duration: SECONDS_OF_LOAD, timeout: 60 });

async function feedRows(feeds: Feeds, etag: string, nginx: Served): Promise<Row[]> {
  const url = `${feeds.url}/flux/${FULL}`;
  const identity = { 'Accept-Encoding': 'identity' };
  const whole = await load(url, identity, 4);
  const wholeNginx = await load(nginx.url, identity, 4);
  const fresh = await load(url, { ...identity, 'If-None-Match': etag }, 20);
  const freshNginx = await load(nginx.url, { ...identity, ...nginx.headers }, 20);
  // A ratio of times: at most 1 / 0.6 and 1 / 0.15 of nginx's.
  const row = (what: string, mine: number, theirs: number, least: number): Row => ({
    what,
    measured: 1e9 / mine,
    unit: 'ms',
    reference: 1e9 / theirs,
    referenceIs: nginx.name,
    atMost: 1 / least,
  });
  return [
    row('whole file, ms for each GB', whole.throughput.average / 1e3, wholeNginx.throughput.average / 1e3, 0.6),
    row('304, ms for each million', fresh.requests.average, freshNginx.requests.average, 0.15),
  ];
}

async function measure(rig: Rig, say: (line: string) => void): Promise<readonly Row[]> {
  const admin = new RemotePlatform(rig.run.apiUrl, rig.run.operatorSecret);
  const feeds = { url: rig.run.apiUrl, admin };
  const set = await regionSet(SCALE, 1, Date.now());
  for (const part of partsOf(set)) await sendSet(rig, admin, 'reprise', lheoFile(set, part));
  say(`${set.formations} formations are accepted`);
  const first = await release(feeds);
  say(`first release in ${first.seconds.toFixed(1)} s`);
  const workers = await Promise.all(['worker', 'api'].map(async (part) => peakMb(await rig.pidOf(part))));
  const file = join(rig.folder, FULL);
  const before = await download(feeds.url, file);
  const nothing = await release(feeds);
  const after = await download(feeds.url, file);
  if (before.etag !== after.etag) throw new Error('an unchanged day changed the ETag');
  await sendSet(rig, admin, 'reprise', changedFile(set));
  const day = await release(feeds);
  say(`a day of changes in ${day.seconds.toFixed(1)} s`);
  const began = performance.now();
  for (let encoding = ''; encoding !== 'br'; await sleep(250)) {
    const head = await fetch(`${feeds.url}/flux/${FULL}`, { method: 'HEAD', headers: { 'Accept-Encoding': 'br' } });
    encoding = head.headers.get('content-encoding') ?? '';
  }
  const brotli = (performance.now() - began) / 1000;
  const { etag } = await download(feeds.url, file);
  const gzip = await gzipSeconds(file);
  const goal = (what: string, measured: number, reference: number, unit: Row['unit'] = 's'): Row => ({
    what,
    measured,
    unit,
    reference,
    referenceIs: 'the goal',
    atMost: 1,
  });
  const rows: Row[] = [
    goal(
      `first full release (${first.manifest.counts.formations} formations)`,
      first.seconds,
      GOALS.first * Math.max(SCALE, 0.05),
    ),
    { ...goal('first full release', first.seconds, gzip), referenceIs: 'gzip of its file', atMost: 100 },
    goal('most memory of the worker', workers[0] ?? 0, GOALS.memory, 'MB'),
    goal('most memory of the API', workers[1] ?? 0, GOALS.memory, 'MB'),
    goal(`a day with ${CHANGED * 100} % changed (${day.manifest.difference.changed})`, day.seconds, GOALS.day),
    goal('a day with nothing changed', nothing.seconds, GOALS.nothing),
    goal('brotli later', brotli, GOALS.brotli),
  ];
  const nginx = await openNginx(rig.folder, file);
  if (nginx === undefined) {
    say('nginx is not installed: the feeds are not compared');
    return rows;
  }
  try {
    return [...rows, ...(await feedRows(feeds, etag, nginx))];
  } finally {
    await nginx.stop();
  }
}

export const bench: Bench = {
  name: 'publication',
  comparedTo: 'the goals of the region, gzip of the same file, nginx on it',
  async run(say) {
    const rig = await Rig.open();
    try {
      return await measure(rig, say);
    } finally {
      await rig.close();
      await rm(rig.folder, { recursive: true, force: true });
    }
  },
};
