import type { ActionDocument, FormationDocument, SessionDocument } from '../../domain/model/documents.ts';
import type { Given } from './lookups.ts';

type Niveau = 'action' | 'session';

/**
 * A formation that a moderator merged with `stays`, as it is matched there: without its numero, and without those of
 * rows that stayed behind since the other had the same ones; those are matched by what they say.
 */
export function asPartOf(formation: FormationDocument, stays: string, given: readonly Given[]): FormationDocument {
  const isOf = (niveau: Niveau, numero: string) => (row: Given) =>
    row.niveau === niveau && (row.numero === numero || row.numeroRecu === numero);
  const stayedBehind = (niveau: Niveau, numero: string) => {
    const rows = given.filter(isOf(niveau, numero));
    return rows.length > 0 && rows.every(({ ficheId }) => ficheId !== stays);
  };
  const freed = <T extends ActionDocument | SessionDocument>(item: T, niveau: Niveau): T => {
    const { numero, numeroRecu, ...rest } = item;
    const received = numeroRecu ?? numero;
    return received !== undefined && stayedBehind(niveau, received) ? (rest as T) : item;
  };
  const { numero: _, ...own } = formation;
  return {
    ...own,
    actions: formation.actions.map((action) => ({
      ...freed(action, 'action'),
      sessions: action.sessions.map((session) => freed(session, 'session')),
    })),
  };
}
