import autocannon from 'autocannon';
import { quantile, type Row } from '../bench.ts';
import { timed } from '../timing.ts';
import type { Stage } from './stage.ts';

const STATUTS = ['deposee', 'controlee', 'enRevue'];
const listOf = (filter: object) => `/soumissions?filter=${encodeURIComponent(JSON.stringify(filter))}`;

/** The console's queue: what waits, the soonest promise first, 25 rows and the exact count. */
export const QUEUE = listOf({ statut: STATUTS });

const AT_ONCE = 8;
/** A general CMS (Directus 11) on PostgreSQL with the same rows, on such a machine. */
const CMS_SEARCHES = 9;

/** Full answers each second, at 8 at once; throws when one is not a 200. */
async function rateOf({ rig, moderators }: Stage, path: string, seconds: number): Promise<number> {
  const [person] = moderators;
  const result = await autocannon({
    url: `${rig.run.apiUrl}/api/v1${path}`,
    headers: { Authorization: `Bearer ${person?.token ?? ''}` },
    connections: AT_ONCE,
    duration: seconds,
    timeout: 30,
  });
  if (result.non2xx + result.errors > 0)
    throw new Error(`Cannot read ${path}: ${result.non2xx + result.errors} failed`);
  return result.requests.average;
}

/** Words of titles that wait, of different lengths and frequencies. */
async function titleWords({ db }: Stage): Promise<string[]> {
  const rows = await db.asWorker((sql) =>
    sql.selectFrom('soumission').select('titre').where('statut', '=', 'controlee').orderBy('id').limit(200).execute(),
  );
  const words = rows.flatMap(({ titre }) => titre.split(/\s+/).filter((word) => word.length >= 5));
  return [...new Set(words)].slice(0, 40);
}

/** How many pages of the queue and how many searches in it the API answers, against its cheapest page behind a login. */
export async function measureQueue(stage: Stage, seconds: number): Promise<Row[]> {
  const [person] = stage.moderators;
  if (person === undefined) throw new Error('Cannot find a moderator');
  await rateOf(stage, QUEUE, 2);
  const floor = await rateOf(stage, '/me', seconds);
  const pages = await rateOf(stage, QUEUE, seconds);
  const words = await titleWords(stage);
  const began = performance.now();
  const searches = await timed(words, AT_ONCE, (q) => person.remote.call(listOf({ statut: STATUTS, q })));
  const perSecond = searches.length / ((performance.now() - began) / 1_000);
  const rate = (what: string, measured: number, reference: number, referenceIs: string, limit: object): Row => ({
    what,
    measured,
    unit: '/s',
    reference,
    referenceIs,
    ...limit,
  });
  return [
    rate('queue pages, 8 at once', pages, 380, 'the limit', { atLeast: 1 }),
    rate('the same pages', pages, floor, 'GET /me', {}),
    rate(`searches in titles, 8 at once (${words.length})`, perSecond, CMS_SEARCHES, 'a general CMS', { atLeast: 1 }),
    { ...rate('a search in titles, p95', quantile(searches, 0.95), 100, 'a page of the queue', {}), unit: 'ms' },
  ];
}
