import { actionId, aFormation, anAction, aSession, ficheId, sessionId } from '../../../domain/model/builders.ts';
import { addDays } from '../../../domain/model/calendar.ts';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import type { ParisDay } from '../../../domain/model/ids.ts';
import { toLheoDate } from '../../../domain/model/lheo-dates.ts';
import type { Held } from './consumer.ts';

/** What the simulation wants published of one formation; the last day of each session by its numero. */
export interface Wanted {
  readonly titre: string;
  readonly sessions: ReadonlyMap<string, ParisDay>;
}

/** A seeded source of numbers in [0, 1). */
export function seeded(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Formation number `k` in its `revision`-th content, as accepted on a day. */
export function wantedAt(k: number, revision: number, day: ParisDay, random: () => number): Wanted {
  const count = 1 + Math.floor(random() * 4);
  const sessions = Array.from({ length: count }, (_, i) => {
    const last = addDays(day, 2 + Math.floor(random() * 40));
    return [`21_S${k}_${i}`, last] as const;
  });
  return { titre: `Formation ${k}, contenu ${revision}`, sessions: new Map(sessions) };
}

/** The same as SOFI's document. */
export function documentOf(k: number, { titre, sessions }: Wanted, day: ParisDay): FormationDocument {
  const base = aFormation({
    id: ficheId(1_000 + k),
    numero: `21_${k}`,
    actions: [
      anAction({
        id: actionId(k),
        numero: `21_A${k}`,
        sessions: [...sessions].map(([numero, last], i) => {
          const session = aSession({ id: sessionId(k * 10 + i), numero });
          const periode = { debut: toLheoDate(day), fin: toLheoDate(last) };
          return { ...session, champs: { ...session.champs, periode } };
        }),
      }),
    ],
  });
  return { ...base, champs: { ...base.champs, 'intitule-formation': titre } };
}

/** What a consumer must hold on a day: sessions that have not ended, formations that have one. */
export function heldOn(wanted: ReadonlyMap<number, Wanted>, day: ParisDay): Map<string, Held> {
  const held = new Map<string, Held>();
  for (const [k, { titre, sessions }] of wanted) {
    const left = [...sessions].filter(([, last]) => last >= day).map(([numero]) => numero);
    if (left.length > 0) held.set(`21_${k}`, { titre, sessions: left.toSorted() });
  }
  return held;
}
