import type { ActionDocument, FicheDocument, SessionDocument } from '../../domain/model/documents.ts';

type Numbered = { readonly numero?: string; readonly numeroRecu?: string };

/** The numeros that a document gives, by id. */
function numerosOf(document: FicheDocument | null): Map<string, Numbered> {
  const numeros = new Map<string, Numbered>();
  if (document?.kind !== 'formation') return numeros;
  numeros.set(document.id, pick(document));
  for (const action of document.actions) {
    numeros.set(action.id, pick(action));
    for (const session of action.sessions) numeros.set(session.id, pick(session));
  }
  return numeros;
}

function pick({ numero, numeroRecu }: Numbered): Numbered {
  return { ...(numero === undefined ? {} : { numero }), ...(numeroRecu === undefined ? {} : { numeroRecu }) };
}

function renumbered<T extends Numbered & { readonly id: string }>(row: T, numeros: ReadonlyMap<string, Numbered>): T {
  const { numero: _, numeroRecu: __, ...rest } = row;
  return { ...rest, ...numeros.get(row.id) } as T;
}

/**
 * A document sent by a person, with the numeros of `known` and no other: numeros are allotted here or come by a flow,
 * nobody types them.
 */
export function withKnownNumeros(document: FicheDocument, known: FicheDocument | null): FicheDocument {
  if (document.kind === 'organisme') return document;
  const numeros = numerosOf(known);
  const actions = document.actions.map(
    (action): ActionDocument => ({
      ...renumbered(action, numeros),
      sessions: action.sessions.map((session): SessionDocument => renumbered(session, numeros)),
    }),
  );
  return { ...renumbered(document, numeros), actions };
}
