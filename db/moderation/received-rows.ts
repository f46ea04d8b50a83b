import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Echeances } from '../../domain/model/promise.ts';
import type { SoumissionKind } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { nextDue } from './promises.ts';
import type { Reception } from './reception.ts';

/** What a soumission's row says of its fiche and its content. */
export interface NewContent {
  readonly fiche_id: string;
  readonly organisme_id: string;
  readonly kind: SoumissionKind;
  readonly base_version: number;
  readonly document: FicheDocument;
  readonly document_hash: string;
  readonly titre: string;
  readonly resume: { readonly fr: string; readonly en: string } | null;
}

/** Writes deposited soumissions and their first revisions; answers their ids by fiche, each fiche once. */
export async function insertDeposited(
  sql: Sql,
  { source, sourceName, importId, at, conduite }: Reception,
  echeances: Echeances,
  contents: readonly NewContent[],
): Promise<Map<string, string>> {
  const { rows } = await raw<{ id: string; fiche_id: string }>`
    with x as materialized (select * from jsonb_to_recordset(${json(contents)}) as x(fiche_id uuid, organisme_id uuid,
      kind text, base_version int, document jsonb, document_hash text, titre text, resume jsonb)),
    s as (insert into soumission (fiche_id, organisme_id, kind, source, source_name, import_id, base_version, document,
        document_hash, titre, resume, created_at, saved_at, statut, version, seq, conduite, echeances, due_at, deposee_le)
      select fiche_id, organisme_id, kind, ${source}, ${sourceName}, ${importId}::uuid, base_version, document,
        document_hash, titre, nullif(resume, 'null'), ${new Date(at)}::timestamptz, ${new Date(at)}::timestamptz, 'deposee', 1, 1, ${conduite},
        ${json<unknown>(echeances)}, ${nextDue(echeances)}::timestamptz, ${new Date(at)}::timestamptz from x
      returning id, fiche_id),
    r as (insert into soumission_revision (soumission_id, n, organisme_id, document, hash, deposee_le)
      select s.id, 1, x.organisme_id, x.document, x.document_hash, ${new Date(at)}::timestamptz from s join x on x.fiche_id = s.fiche_id)
    select id, fiche_id from s`.execute(sql);
  return new Map(rows.map(({ id, fiche_id }) => [fiche_id, id]));
}
