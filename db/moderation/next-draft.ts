import type { Sql, Viewer } from '../connect.ts';
import { type Brouillon, createBrouillon, toBrouillon } from './brouillons.ts';
import { waitingRevision } from './outbox.ts';

type Open = Pick<Brouillon, 'id' | 'document'>;

/** The draft that a person writes of the next revision of an open soumission since its last deposit, if any. */
async function ownDraft(sql: Sql, viewer: Viewer, open: Open): Promise<Brouillon | undefined> {
  const waiting = await sql
    .selectFrom('soumission as d')
    .innerJoin('soumission as o', 'o.fiche_id', 'd.fiche_id')
    .selectAll('d')
    .where('o.id', '=', open.id)
    .where('d.statut', '=', 'brouillon')
    .where('d.kind', '<>', 'withdrawal')
    .where('d.auteur_id', '=', viewer.userId)
    .whereRef('d.created_at', '>=', 'o.deposee_le')
    .orderBy('d.id', 'desc')
    .executeTakeFirst();
  if (waiting === undefined || (await waitingRevision(sql, waiting.id)) !== undefined) return undefined;
  return toBrouillon(waiting);
}

/** A draft of the next revision of an open soumission, or the one that is already being written. */
export async function draftOfOpen(
  sql: Sql,
  { viewer, open, at }: { readonly viewer: Viewer; readonly open: Open; readonly at: number },
): Promise<Brouillon> {
  return (await ownDraft(sql, viewer, open)) ?? createBrouillon(sql, { viewer, document: open.document, at });
}
