import type { AskedSession } from '../../../db/fraicheur/asked.ts';
import { toParisDay } from '../../../domain/model/calendar.ts';
import { ANSWERS, type Answer } from '../../../domain/model/fraicheur/answers.ts';
import { answersFor } from '../../../domain/model/fraicheur/ended.ts';
import type { FormFields } from '../link-page.ts';

/** What a form says of the sessions that wait; a row that cannot be understood changes nothing. */
export interface ReadAnswers {
  readonly answers: readonly Answer[];
  readonly badDates: readonly AskedSession[];
  readonly badPlaces: readonly AskedSession[];
  /** Said of them what is said of no session that has ended. */
  readonly ended: readonly AskedSession[];
}

type Fault = Exclude<keyof ReadAnswers, 'answers'>;

function readOne({ session, terminee }: AskedSession, place: number, fields: FormFields): Answer | Fault | undefined {
  const field = (name: string) => fields[`${name}${place}`]?.[0]?.trim() ?? '';
  const kind = ANSWERS.find((one) => one === field('r'));
  if (kind !== undefined && !answersFor(terminee).includes(kind)) return 'ended';
  switch (kind) {
    case undefined:
      return undefined;
    case 'dates': {
      const [debut, fin] = [toParisDay(field('d')), toParisDay(field('f'))];
      return debut === undefined || fin === undefined || fin < debut ? 'badDates' : { session, kind, debut, fin };
    }
    case 'places':
      return /^\d{1,5}$/.test(field('p')) ? { session, kind, places: Number(field('p')) } : 'badPlaces';
    default:
      return { session, kind };
  }
}

/** Reads a posted form for the sessions that wait, by their places in the mail; whatever else it names is no part of it. */
export function readAnswers(
  fields: FormFields,
  waiting: readonly AskedSession[],
  places: ReadonlyMap<string, number>,
): ReadAnswers {
  if (fields.tout?.[0] === 'valable') {
    const valid = waiting.filter(({ terminee }) => !terminee);
    return {
      answers: valid.map(({ session }) => ({ session, kind: 'valable' })),
      badDates: [],
      badPlaces: [],
      ended: [],
    };
  }
  const read = waiting.map((asked) => ({
    asked,
    one: readOne(asked, places.get(asked.session) ?? -1, fields),
  }));
  const bad = (what: Fault) => read.filter(({ one }) => one === what).map(({ asked }) => asked);
  return {
    answers: read.flatMap(({ one }) => (typeof one === 'object' ? [one] : [])),
    badDates: bad('badDates'),
    badPlaces: bad('badPlaces'),
    ended: bad('ended'),
  };
}
