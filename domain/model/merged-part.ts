import type { ActionDocument, FormationDocument, SessionDocument } from './documents.ts';

/** The ids of the actions and sessions of a formation. */
export function rowIds(formation: FormationDocument): string[] {
  return formation.actions.flatMap(({ id, sessions }) => [id, ...sessions.map((session) => session.id)]);
}

/**
 * What one that was merged may make of the formation that stays: its own rows (`mine`) and new ones are as in `after`,
 * all the rest stays as it was `before`. Ids that moved stay where they were.
 */
export function ownPart(
  before: FormationDocument,
  after: FormationDocument,
  mine: ReadonlySet<string>,
): FormationDocument {
  const held = new Set(rowIds(before).filter((id) => !mine.has(id)));
  const actions = [
    ...before.actions.flatMap((was) => actionPart(was, actionOf(after, was.id), held)),
    ...after.actions.filter(({ id }) => actionOf(before, id) === undefined).map((action) => freeOf(action, held)),
  ];
  return { ...before, actions };
}

const actionOf = ({ actions }: FormationDocument, id: string) => actions.find((action) => action.id === id);

/** An action without sessions that stay elsewhere. */
function freeOf(action: ActionDocument, held: ReadonlySet<string>): ActionDocument {
  return { ...action, sessions: action.sessions.filter(({ id }) => !held.has(id)) };
}

function actionPart(
  was: ActionDocument,
  now: ActionDocument | undefined,
  held: ReadonlySet<string>,
): readonly ActionDocument[] {
  const own = now === undefined ? [] : freeOf(now, held).sessions;
  const stay = was.sessions.flatMap((session): readonly SessionDocument[] =>
    held.has(session.id) ? [session] : own.filter(({ id }) => id === session.id),
  );
  const come = own.filter(({ id }) => !was.sessions.some((session) => session.id === id));
  const sessions = [...stay, ...come];
  if (now === undefined && !held.has(was.id) && sessions.length === 0) return [];
  return [{ ...(held.has(was.id) ? was : (now ?? was)), sessions }];
}
