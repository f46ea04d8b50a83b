import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';

/** The document without some sessions; null when none is left, `introuvable` when one is not in it. */
export function withoutSessions(document: FicheDocument, sessions: readonly string[]): FicheDocument | null {
  if (document.kind === 'organisme')
    throw new SofiError('introuvable', 'Cannot withdraw sessions of an organisme fiche');
  const gone = new Set(sessions);
  const known = new Set(document.actions.flatMap((action) => action.sessions.map(({ id }) => id as string)));
  const unknown = sessions.filter((id) => !known.has(id));
  if (unknown.length > 0) throw new SofiError('introuvable', 'Cannot withdraw unknown sessions', { sessions: unknown });
  const actions = document.actions
    .map((action) => ({ ...action, sessions: action.sessions.filter(({ id }) => !gone.has(id)) }))
    .filter((action) => action.sessions.length > 0);
  return actions.length === 0 ? null : { ...document, actions };
}
