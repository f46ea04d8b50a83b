import fc from 'fast-check';
import { sql } from 'kysely';
import { withdrawAtOnce } from '../../../db/moderation/withdraw-at-once.ts';
import { dateFormation, pinFormation } from '../../../db/publication/settle.ts';
import { addDays } from '../../../domain/model/calendar.ts';
import type { ParisDay, UserId } from '../../../domain/model/ids.ts';
import { instantOf } from '../../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../../domain/model/region.ts';
import { releaseOn } from '../../../workers/activities/sample-release.ts';
import type { SampleSet } from '../../../workers/activities/sample-set.ts';
import { documentOf } from '../month/offer.ts';

const FORMATIONS = 5;
const ADMIN = {
  userId: '00000000-0000-4000-8000-0000000000aa' as UserId,
  role: 'administrateur' as const,
  organismes: [],
};

const step = fc.record({
  act: fc.constantFrom(
    ...(['accept', 'accept', 'accept', 'accept', 'withdraw', 'pin', 'unpin', 'date'] as const),
    ...(['rollback', 'emergency', 'days'] as const),
  ),
  k: fc.integer({ min: 1, max: FORMATIONS }),
  value: fc.integer({ min: 1, max: 40 }),
});

/** Days of the life of a small offer, each with what happens on it before its release. */
export const lives = fc.array(fc.array(step, { maxLength: 4 }), { minLength: 3, maxLength: 6 });

type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** Formation `k` with one to three sessions, each ending on a day of its own. */
function contentOf(k: number, value: number, day: ParisDay) {
  const sessions = Array.from({ length: 1 + (value % 3) }, (_, i) => {
    const last = addDays(day, 1 + ((value * (i + 3)) % 60));
    return [`21_S${k}_${i}`, last] as const;
  });
  return documentOf(k, { titre: `Titre ${value}`, sessions: new Map(sessions) }, day);
}

interface Standing {
  /** In the offer and not withdrawn. */
  readonly open: boolean;
  readonly known: boolean;
  /** The newest release shows it. */
  readonly shown: boolean;
  /** Number of the newest release that was switched; 0 before the first. */
  readonly last: number;
}

async function standing(set: SampleSet, ficheId: string): Promise<Standing> {
  const { rows } = await set.db.asWorker((tx) =>
    sql<Standing>`select f.id is not null as known, coalesce(f.id is not null and f.fermee_le is null, false) as open,
        exists (select from release_member m where m.fiche_id = f.id and m.to_release is null) as shown,
        coalesce((select max(n) from release where state in ('published', 'empty')), 0)::int as last
      from (select ${ficheId}::uuid as id) asked left join fiche f on f.id = asked.id`.execute(tx),
  );
  const [found] = rows;
  if (found === undefined) throw new Error('no answer');
  return found;
}

type Act = (set: SampleSet, step: Step, day: ParisDay) => Promise<unknown>;

const ACTS: Readonly<Record<Exclude<Step['act'], 'days'>, Act>> = {
  accept: (set, { k, value }, day) => set.accept(contentOf(k, value, day), { day }),
  async withdraw(set, { k, value }, day) {
    const document = contentOf(k, value, day);
    if ((await standing(set, document.id)).open) await set.accept(document, { day, retrait: true });
  },
  async pin(set, { k }, day) {
    const { id } = contentOf(k, 1, day);
    const { shown, last } = await standing(set, id);
    if (shown) await set.db.asWorker((tx) => pinFormation(tx, { viewer: ADMIN, ficheId: id, release: last }));
  },
  async unpin(set, { k }, day) {
    const { id } = contentOf(k, 1, day);
    if ((await standing(set, id)).known)
      await set.db.asWorker((tx) => pinFormation(tx, { viewer: ADMIN, ficheId: id, release: null }));
  },
  async date(set, { k, value }, day) {
    const { id } = contentOf(k, 1, day);
    if ((await standing(set, id)).known)
      await set.db.asWorker((tx) => dateFormation(tx, { viewer: ADMIN, ficheId: id, le: addDays(day, value % 5) }));
  },
  async rollback(set, { k, value }, day) {
    const { last } = await standing(set, contentOf(k, 1, day).id);
    if (last < 2) return;
    const { rows } = await set.db.asWorker((tx) =>
      sql<{ n: number }>`select n from release where state in ('published', 'empty') order by n`.execute(tx),
    );
    const target = rows[value % rows.length]?.n ?? last;
    await releaseOn(set.db, day, { kind: 'rollback', target });
    await set.db.asWorker((tx) => sql`update release set hold_lifted = '{}' where kind = 'rollback'`.execute(tx));
  },
  async emergency(set, { k }, day) {
    const { id } = contentOf(k, 1, day);
    const { open, shown } = await standing(set, id);
    if (!open || !shown) return;
    const by = { userId: ADMIN.userId, role: 'moderateur' } as const;
    const withdrawal = { ficheId: id, by, at: instantOf(day, 10), motif: 'Fraude', region: PAYS_DE_LA_LOIRE };
    await set.db.asWorker((tx) => withdrawAtOnce(tx, withdrawal));
    await releaseOn(set.db, day, { kind: 'emergency' });
  },
};

/** One thing that happens to the offer; answers the day on which it then is. A roll-back and an emergency release at once. */
export async function live(set: SampleSet, one: Step, day: ParisDay): Promise<ParisDay> {
  if (one.act === 'days') return addDays(day, one.value * 5);
  await ACTS[one.act](set, one, day);
  return day;
}
