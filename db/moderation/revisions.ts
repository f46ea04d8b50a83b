import type { FicheDocument } from '../../domain/model/documents.ts';
import { json, type Sql } from '../connect.ts';
import { contentHash } from './content.ts';
import type { SoumissionRecord } from './rows.ts';

/** Keeps the content of one deposited version; nothing changes it afterwards. */
export async function freezeRevision(
  sql: Sql,
  soumission: Pick<SoumissionRecord, 'id' | 'organisme_id'>,
  revision: {
    readonly n: number;
    readonly document: FicheDocument;
    readonly auteurId: string | null;
    readonly at: number;
  },
): Promise<void> {
  await sql
    .insertInto('soumission_revision')
    .values({
      soumission_id: soumission.id,
      n: revision.n,
      organisme_id: soumission.organisme_id,
      document: json(revision.document),
      hash: contentHash(revision.document),
      auteur_id: revision.auteurId,
      deposee_le: new Date(revision.at),
    })
    .execute();
}

/** The content of one deposited version; throws when it was never kept. */
export async function revisionDocument(sql: Sql, soumissionId: string, n: number): Promise<FicheDocument> {
  const row = await sql
    .selectFrom('soumission_revision')
    .select('document')
    .where('soumission_id', '=', soumissionId)
    .where('n', '=', n)
    .executeTakeFirst();
  if (row === undefined) throw new Error(`Cannot find version ${n} of soumission "${soumissionId}"`);
  return row.document;
}
