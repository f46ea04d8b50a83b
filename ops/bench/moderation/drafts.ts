import { randomUUID } from 'node:crypto';
import type { ActionDocument, FormationDocument, SessionDocument } from '../../../domain/model/documents.ts';
import type { DispositifId, SessionId } from '../../../domain/model/ids.ts';
import { formationOf } from '../../drill/scenes.ts';
import type { OfPerson } from './stage.ts';

const DAY_MS = 86_400_000;

/** A formation that an OF could enter: one of its own, again. */
export function draftOf({ remote, organisme }: OfPerson): Promise<FormationDocument> {
  return formationOf({ of: remote, organisme });
}

function lheoDay(days: number): string {
  return new Date(days * DAY_MS).toISOString().slice(0, 10).replaceAll('-', '');
}

function sessionLater(session: SessionDocument, days: number): SessionDocument {
  const today = Math.floor(Date.now() / DAY_MS);
  const periode = { debut: lheoDay(today + 30 + days), fin: lheoDay(today + 60 + days) };
  return {
    ...session,
    id: randomUUID() as SessionId,
    champs: { ...session.champs, periode },
    dispositifs: session.dispositifs.map((one) => ({ ...one, id: randomUUID() as DispositifId })),
  };
}

/** The same formation with one action and so many sessions, a day apart. */
export function withSessions(document: FormationDocument, sessions: number): FormationDocument {
  const [action] = document.actions;
  const [session] = action?.sessions ?? [];
  if (action === undefined || session === undefined) throw new Error('Cannot find a session to begin with');
  const large: ActionDocument = {
    ...action,
    sessions: Array.from({ length: sessions }, (_, k) => sessionLater(session, k)),
  };
  return { ...document, actions: [large] };
}

/** Drafts a formation and deposits it; answers the soumission's id. */
export async function deposit({ remote }: Pick<OfPerson, 'remote'>, document: FormationDocument): Promise<string> {
  const { body } = await remote.post<{ id: string }>('/brouillons', { document });
  const { body: soumission } = await remote.post<{ id: string }>(`/brouillons/${body.id}/depot`, undefined);
  return soumission.id;
}
