import { sql } from 'kysely';
import type { Database } from '../../../db/connect.ts';
import { currentHold, forceRelease, liftHold } from '../../../db/publication/acts.ts';
import { acceptSample } from '../../../db/publication/sample-offre.ts';
import { WRITER_VERSION } from '../../../domain/lheo/fiche/out-bytes.ts';
import { anOrganisme } from '../../../domain/model/builders.ts';
import { addDays } from '../../../domain/model/calendar.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import { releaseOn, runRelease } from '../../../workers/activities/sample-release.ts';
import type { Consumer, Held } from './consumer.ts';
import { documentOf, heldOn, seeded, type Wanted, wantedAt } from './offer.ts';

export interface Month {
  readonly db: Database;
  readonly consumer: Consumer;
  readonly first: ParisDay;
  readonly days: number;
  readonly seed: number;
  readonly say: (line: string) => void;
}

const FORMATIONS = 60;
const act = { by: '00000000-0000-4000-8000-0000000000aa', at: '2026-10-01T00:00:00Z', reason: 'looked at' };

/** What happens on which day beside the daily changes; a shorter month has the first of these. */
const EVENTS: Readonly<Record<number, 'writer' | 'rollback' | 'lift' | 'vanish'>> = {
  1: 'writer',
  2: 'rollback',
  3: 'lift',
  9: 'vanish',
  16: 'rollback',
  18: 'lift',
  22: 'writer',
};

function sameHeld(a: ReadonlyMap<string, Held>, b: ReadonlyMap<string, Held>): string | undefined {
  const text = ([numero, { titre, sessions }]: [string, Held]) => `${numero} ${titre} ${sessions.join(' ')}`;
  const [mine, due] = [a, b].map((set) => [...set].map(text).toSorted());
  const wrong = due?.find((line) => !mine?.includes(line)) ?? mine?.find((line) => !due?.includes(line));
  return wrong === undefined ? undefined : `differs at "${wrong}"`;
}

/** As if an older writer had made every byte that is published. */
async function ageWriter(db: Database): Promise<void> {
  await db.asWorker(async (tx) => {
    await sql`update rendu set writer_version = ${WRITER_VERSION - 1}`.execute(tx);
    await sql`update fiche_rendue set writer_version = ${WRITER_VERSION - 1}`.execute(tx);
  });
}

/** One simulated month: each day its changes, its scheduled release, and a consumer that must hold exactly the offer. */
export async function simulate({ db, consumer, first, days, seed, say }: Month): Promise<void> {
  const random = seeded(seed);
  const accepted = new Map<number, Wanted>();
  let published: ReadonlyMap<number, Wanted> = new Map();
  const history = new Map<number, ReadonlyMap<number, Wanted>>();
  const accept = async (k: number, day: ParisDay, revision: number) => {
    const wanted = wantedAt(k, revision, day, random);
    accepted.set(k, wanted);
    await db.asWorker((tx) => acceptSample(tx, documentOf(k, wanted, day), { day }));
  };
  await db.asWorker((tx) => acceptSample(tx, anOrganisme(), { day: first }));
  for (let k = 1; k <= FORMATIONS; k += 1) await accept(k, first, 0);
  let servedDay = first;
  for (let i = 0; i < days; i += 1) {
    const day = addDays(first, i);
    const event = EVENTS[i];
    for (let change = 0; change < 4; change += 1) await accept(1 + Math.floor(random() * (FORMATIONS + i)), day, i + 1);
    const gone = 1 + Math.floor(random() * FORMATIONS);
    const left = accepted.get(gone);
    if (left !== undefined && i % 2 === 1) {
      accepted.delete(gone);
      await db.asWorker((tx) => acceptSample(tx, documentOf(gone, left, day), { day, retrait: true }));
    }
    if (event === 'writer') await ageWriter(db);
    if (event === 'lift') await db.asWorker(async (tx) => (await currentHold(tx)) && liftHold(tx, act));
    if (event === 'rollback') {
      const target = [...history.keys()].at(-2) ?? [...history.keys()].at(-1) ?? 0;
      const n = await releaseOn(db, day, { kind: 'rollback', target });
      published = history.get(target) ?? published;
      history.set(n, published);
      servedDay = day;
    }
    if (event === 'vanish') {
      for (const [k, wanted] of accepted) {
        const [one] = wanted.sessions;
        if (one === undefined || wanted.sessions.size < 2) continue;
        const less = { ...wanted, sessions: new Map([one]) };
        accepted.set(k, less);
        await db.asWorker((tx) => acceptSample(tx, documentOf(k, less, day), { day }));
      }
    }
    let n = await releaseOn(db, day, { scheduled: true });
    let state = await stateOf(db, n);
    if (state === 'stopped') {
      await db.asWorker((tx) => forceRelease(tx, n, act));
      await runRelease(db, n);
      state = await stateOf(db, n);
    } else if (event === 'vanish') {
      n = await releaseOn(db, day, { forced: act });
      state = await stateOf(db, n);
    }
    if (state === 'published') {
      published = new Map(accepted);
      history.set(n, published);
      servedDay = day;
    }
    const newest = [...history.keys()].at(-1);
    while ((await consumer.newest()) !== newest) await new Promise((resolve) => setTimeout(resolve, 50));
    const wrong = sameHeld(await consumer.day(), heldOn(published, servedDay));
    if (wrong !== undefined) throw new Error(`${day} (${event ?? 'no event'}, release ${n} ${state}): ${wrong}`);
    say(`${day} release ${n} ${state}${event === undefined ? '' : `, ${event}`}`);
  }
}

async function stateOf(db: Database, n: number): Promise<string> {
  const row = await db.asWorker((tx) => tx.selectFrom('release').select('state').where('n', '=', n).executeTakeFirst());
  return row?.state ?? '';
}
