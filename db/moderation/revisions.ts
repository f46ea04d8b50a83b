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

export interface RevisionName {
  readonly soumissionId: string;
  readonly n: number;
}

/** The content of deposited versions, in the order asked; throws when one was never kept. */
export async function revisionDocuments(sql: Sql, names: readonly RevisionName[]): Promise<FicheDocument[]> {
  if (names.length === 0) return [];
  const rows = await sql
    .selectFrom('soumission_revision')
    .select(['soumission_id', 'n', 'document'])
    .where((eb) =>
      eb.or(names.map(({ soumissionId, n }) => eb.and([eb('soumission_id', '=', soumissionId), eb('n', '=', n)]))),
    )
    .execute();
  const found = new Map(rows.map(({ soumission_id, n, document }) => [`${soumission_id}/${n}`, document]));
  return names.map(({ soumissionId, n }) => {
    const document = found.get(`${soumissionId}/${n}`);
    if (document === undefined) throw new Error(`Cannot find version ${n} of soumission "${soumissionId}"`);
    return document;
  });
}

/** The content of one deposited version; throws when it was never kept. */
export async function revisionDocument(sql: Sql, soumissionId: string, n: number): Promise<FicheDocument> {
  const [document] = await revisionDocuments(sql, [{ soumissionId, n }]);
  if (document === undefined) throw new Error(`Cannot find version ${n} of soumission "${soumissionId}"`);
  return document;
}
