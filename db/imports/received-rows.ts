import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { json, type Sql } from '../connect.ts';

/** What is remembered of one fiche that a source sent. */
export interface ReceivedRow {
  readonly source: string;
  readonly cle: string;
  readonly ficheId: string;
  readonly hash: string;
  readonly soumissionId: string | null;
  readonly document: FicheDocument | null;
}

/** Remembers what a page received, in one statement. */
export async function rememberReceived(sql: Sql, rows: readonly ReceivedRow[], at: number): Promise<void> {
  if (rows.length === 0) return;
  await raw`insert into source_recu (source, cle, fiche_id, hash, soumission_id, document, received_at)
    select source, cle, "ficheId", hash, "soumissionId", nullif(document, 'null'::jsonb), ${new Date(at)}::timestamptz
    from jsonb_to_recordset(${json(rows)}) as x(source text, cle text, "ficheId" uuid, hash text, "soumissionId" uuid, document jsonb)
    on conflict (source, cle) do update set fiche_id = excluded.fiche_id, hash = excluded.hash,
      soumission_id = excluded.soumission_id, document = excluded.document, received_at = excluded.received_at`.execute(
    sql,
  );
}
