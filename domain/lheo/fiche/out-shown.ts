import { addDays, toParisDay } from '../../model/calendar.ts';
import { type ActionDocument, type FormationDocument, type SessionDocument, texteOf } from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { latestDay } from '../../model/lheo-dates.ts';

/** What of a formation is still in the offer on one day. */
export interface Shown {
  /** Sorted ids of its sessions and dispositifs; empty when the formation itself has left. */
  readonly ids: readonly string[];
  /** Last Paris day of each session shown, by id; null without end. */
  readonly fins: Readonly<Record<string, ParisDay | null>>;
  /** First Paris day on which `ids` changes by itself; null when it never does. */
  readonly prochainChangement: ParisDay | null;
}

const NONE: ReadonlySet<string> = new Set();

/** Last day of a session; undefined when it has no end, or none that exists. */
function lastDayOf(session: SessionDocument): ParisDay | undefined {
  return latestDay(texteOf(session.champs.periode?.fin).trim());
}

function isCurrent(last: ParisDay | undefined, day: ParisDay): boolean {
  return last === undefined || last >= day;
}

/**
 * What is shown on `day`, a function of the document, the day and the sessions taken out for want of a confirmation: a session leaves the day after its end, a
 * dispositif the day after its validity, an action with its last session, a formation with its last action (design §7).
 */
export function shownOn(document: FormationDocument, day: ParisDay, out: ReadonlySet<string> = NONE): Shown {
  const ids: string[] = [];
  const fins: Record<string, ParisDay | null> = {};
  let next: ParisDay | null = null;
  const show = (id: string, last: ParisDay | undefined): void => {
    ids.push(id);
    const leaves = last === undefined ? null : addDays(last, 1);
    if (leaves !== null && (next === null || leaves < next)) next = leaves;
  };
  for (const session of document.actions.flatMap((action) => action.sessions)) {
    const last = lastDayOf(session);
    if (!isCurrent(last, day) || out.has(session.id)) continue;
    show(session.id, last);
    fins[session.id] = last ?? null;
    for (const dispositif of session.dispositifs) {
      const end = toParisDay(dispositif.finValidite ?? '');
      if (isCurrent(end, day)) show(dispositif.id, end);
    }
  }
  return { ids: ids.sort(), fins, prochainChangement: next };
}

/** The actions that still have a session, with what is shown of each; in the document's order. */
export function shownActions(document: FormationDocument, ids: ReadonlySet<string>): ActionDocument[] {
  return document.actions
    .map((action) => ({
      ...action,
      sessions: action.sessions
        .filter((session) => ids.has(session.id))
        .map((session) => ({ ...session, dispositifs: session.dispositifs.filter(({ id }) => ids.has(id)) })),
    }))
    .filter((action) => action.sessions.length > 0);
}
