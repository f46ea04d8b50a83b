import type { FicheDocument } from '../../domain/model/documents.ts';
import { keepMends, type Mend } from '../../domain/model/mends.ts';
import type { Sql } from '../connect.ts';
import type { SoumissionRecord, StepRecord } from './rows.ts';

/** The mends of a soumission, oldest first. */
async function mendsOf(sql: Sql, soumissionId: string): Promise<Mend[]> {
  const rows = await sql
    .selectFrom('mend')
    .select('champs')
    .where('soumission_id', '=', soumissionId)
    .orderBy('version')
    .execute();
  return rows.flatMap(({ champs }) => champs);
}

/** The content of a next revision: what a file or a flow sends again keeps the mends made on the open soumission. */
export async function withOpenMends(sql: Sql, row: StepRecord, brouillon: SoumissionRecord): Promise<FicheDocument> {
  if (brouillon.source !== 'flux' && brouillon.source !== 'fichier') return brouillon.document;
  return keepMends(brouillon.document, await mendsOf(sql, row.id));
}
