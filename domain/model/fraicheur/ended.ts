import type { ParisDay } from '../ids.ts';
import { latestDay, UNKNOWN_END, UNKNOWN_START } from '../lheo-dates.ts';
import { ANSWERS, type AnswerKind } from './answers.ts';

/** A session's LHÉO dates, and whether its action is entered at any time. */
export interface SessionDates {
  readonly debut: string;
  readonly fin: string;
  readonly permanente: boolean;
}

/** Entered at any time, or without dates to hold it to: it never ends by itself. */
export function isPermanent({ debut, fin, permanente }: SessionDates): boolean {
  return permanente || debut === UNKNOWN_START || fin === UNKNOWN_END;
}

/** True when the last day of a session is before `day`. */
export function hasEnded(dates: SessionDates, day: ParisDay): boolean {
  const last = isPermanent(dates) ? undefined : latestDay(dates.fin);
  return last !== undefined && last < day;
}

/** What may be said of a session that has ended: its next dates, or that it never took place. */
const AFTER_THE_END: readonly AnswerKind[] = ['dates', 'annulee'];

/** The answers that a session takes, in their order: what has ended is neither still valid nor full. */
export function answersFor(terminee: boolean): readonly AnswerKind[] {
  return terminee ? ANSWERS.filter((kind) => AFTER_THE_END.includes(kind)) : ANSWERS;
}
