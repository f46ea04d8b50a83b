import autocannon from 'autocannon';
import type { Row } from '../bench.ts';
import type { Nginx } from './nginx.ts';

const SECONDS = 5;
/** Turns of both, so that each meets the same machine. */
const TURNS = 2;

type Load = Awaited<ReturnType<typeof autocannon>>;

const load = (url: string, headers: Record<string, string>, connections: number): Promise<Load> =>
  autocannon({
    url,
    headers: { 'Accept-Encoding': 'identity', ...headers },
    connections,
    duration: SECONDS,
    timeout: 60,
  });

async function compare(
  figure: (load: Load) => number,
  mine: () => Promise<Load>,
  theirs: () => Promise<Load>,
): Promise<readonly [mine: number, theirs: number]> {
  let [own, other] = [0, 0];
  for (let turn = 0; turn < TURNS; turn += 1) {
    own += figure(await mine()) / TURNS;
    other += figure(await theirs()) / TURNS;
  }
  return [own, other];
}

/** The full file as it is and its 304, from the API and from nginx. */
export async function feedRows(feed: { readonly url: string; readonly etag: string }, nginx: Nginx): Promise<Row[]> {
  const whole = await compare(
    ({ throughput }) => throughput.average / 1e6,
    () => load(feed.url, {}, 4),
    () => load(nginx.url, {}, 4),
  );
  const fresh = await compare(
    ({ requests }) => requests.average,
    () => load(feed.url, { 'If-None-Match': feed.etag }, 20),
    () => load(nginx.url, { 'If-None-Match': nginx.etag }, 20),
  );
  const row = (
    what: string,
    unit: Row['unit'],
    [measured, reference]: readonly [number, number],
    atLeast: number,
  ): Row => ({
    what,
    measured,
    unit,
    reference,
    referenceIs: 'nginx',
    atLeast,
  });
  return [row('whole files, each second', 'MB', whole, 0.6), row('304, each second', '/s', fresh, 0.15)];
}
