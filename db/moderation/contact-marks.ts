import { type RawBuilder, sql as raw } from 'kysely';
import { withContactMarks } from '../../domain/model/contacts.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Sql } from '../connect.ts';

/** True of a fiche that no file and no flow ever brought: people entered all that it says. */
export const neverReceived = (ficheId: RawBuilder<unknown>): RawBuilder<boolean> =>
  raw<boolean>`not exists (select from source_recu where source_recu.fiche_id = ${ficheId})`;

/**
 * A document as its contacts count (design §11): one without a mark is public when a LHÉO file or flow brought the fiche,
 * and private when people entered all of it, before contacts had a mark or by a mend. The same object when none changes.
 */
export function withMarksOf<D extends FicheDocument>(document: D, isEntered: boolean): D {
  return isEntered ? withContactMarks(document, null) : document;
}

/** The same, asking the database. */
export async function markedAsEntered<D extends FicheDocument>(sql: Sql, document: D): Promise<D> {
  const { rows } = await raw<{
    entered: boolean;
  }>`select ${neverReceived(raw`${document.id}::uuid`)} as entered`.execute(sql);
  return withMarksOf(document, rows[0]?.entered ?? false);
}
