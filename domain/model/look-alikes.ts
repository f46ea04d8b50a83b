import type { ActionDocument, FormationDocument } from './documents.ts';
import { areAlike, twinKey } from './rules/ressemblances.ts';

export const LOOK_ALIKE_VERDICTS = ['link', 'merge', 'keepBoth'] as const;
export type LookAlikeVerdict = (typeof LOOK_ALIKE_VERDICTS)[number];

/** Why another formation looks like one. */
export interface LookAlikeReasons {
  /** Likeness of the titles by trigrams, 0 to 1. */
  readonly title: number;
  readonly certification: boolean;
  /** Some action in a same commune. */
  readonly place: boolean;
  /** Some sessions at the same time. */
  readonly dates: boolean;
  readonly organisme: boolean;
  /** Pairs of actions that EDOF would take for one: of the formation, of the other. */
  readonly actions: readonly (readonly [string, string])[];
}

const WEIGHTS = { title: 0.45, certification: 0.25, place: 0.15, dates: 0.15 } as const;
const EDOF_BONUS = 0.1;
/** Titles further apart name other courses, whatever else is the same. */
const SAME_COURSE_FROM = 0.3;
/** From here on a moderator is shown the pair; each organisme may well run the same course, but not there and then. */
const SHOWN_FROM = { sameOrganisme: 0.6, otherOrganisme: 0.85 } as const;
export const LOOK_ALIKES_SHOWN = 10;

/** How much two formations look alike, 0 to 1; the same title alone is not enough. */
export function scoreOf({ title, certification, place, dates, actions }: LookAlikeReasons): number {
  const sum =
    WEIGHTS.title * title +
    (certification ? WEIGHTS.certification : 0) +
    (place ? WEIGHTS.place : 0) +
    (dates ? WEIGHTS.dates : 0) +
    (actions.length > 0 ? EDOF_BONUS : 0);
  return Math.min(1, Math.round(sum * 1000) / 1000);
}

/** True when a moderator is to see the pair. */
export function isShown({ score, reasons }: { readonly score: number; readonly reasons: LookAlikeReasons }): boolean {
  return (
    reasons.title >= SAME_COURSE_FROM &&
    score >= (reasons.organisme ? SHOWN_FROM.sameOrganisme : SHOWN_FROM.otherOrganisme)
  );
}

/** Pairs of actions of two formations that EDOF would take for one, each action of the first at most once. */
export function alikeActions(a: FormationDocument, b: FormationDocument): (readonly [string, string])[] {
  return a.actions.flatMap((action) => {
    const other = b.actions.find((one) => areAlike(action, one));
    return other === undefined ? [] : [[action.id, other.id] as const];
  });
}

/** The sessions of one action join those of another; one with the same dates and contact is there already. */
function withSessionsOf(into: ActionDocument, from: ActionDocument): ActionDocument {
  const known = new Set(into.sessions.map(twinKey).filter((key) => key !== undefined));
  const joining = from.sessions.filter((session) => !known.has(twinKey(session) ?? ''));
  return { ...into, sessions: [...into.sessions, ...joining] };
}

/**
 * Two formations of one organisme made one: the first keeps its fields and numero; actions of the other that EDOF would
 * take for one of its own bring their sessions, the others come whole. Everything moves under its own id.
 */
export function joinFormations(into: FormationDocument, from: FormationDocument): FormationDocument {
  const actions = [...into.actions];
  for (const action of from.actions) {
    const at = actions.findIndex((one) => areAlike(one, action));
    const own = actions[at];
    if (own === undefined) actions.push(action);
    else actions[at] = withSessionsOf(own, action);
  }
  return { ...into, actions };
}
