import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';
import type { FicheRecord, StepRecord } from './rows.ts';
import { openSoumissionOf } from './rows.ts';

/** True once the open release took the fiche up. */
async function frozenByRelease(sql: Sql, ficheId: string): Promise<boolean> {
  const row = await sql
    .selectFrom('release_change')
    .innerJoin('release', 'release.n', 'release_change.release_n')
    .select('release.n')
    .where('release.state', '=', 'open')
    .where('release_change.fiche_id', '=', ficheId)
    .executeTakeFirst();
  return row !== undefined;
}

/** Refuses with `code` what a release already froze: whoever comes later takes part in the next one. */
export async function requireUnfrozen(
  sql: Sql,
  fiche: FicheRecord,
  code: 'annulation-depassee' | 'retrait-gele',
): Promise<void> {
  if (await frozenByRelease(sql, fiche.id)) {
    throw new SofiError(code, `Cannot take back what a release froze of fiche "${fiche.id}"`, { fiche: fiche.id });
  }
}

/** True when two fiches became one: the fiche left, or this soumission brought the other's sessions in; taking it back would lose them. */
async function becameOne(sql: Sql, fiche: FicheRecord, row: StepRecord): Promise<boolean> {
  if (fiche.remplace_par !== null) return true;
  if (row.deposee_le === null) return false;
  const merged = await sql
    .selectFrom('fiche')
    .select('id')
    .where('remplace_par', '=', fiche.id)
    .where('fermee_le', '=', row.deposee_le)
    .executeTakeFirst();
  return merged !== undefined;
}

/**
 * Refuses `annulation-depassee` when the fiche went on: another open soumission, a version accepted after this one, or
 * two fiches became one.
 */
export async function requireLast(sql: Sql, fiche: FicheRecord, row: StepRecord): Promise<void> {
  if (await becameOne(sql, fiche, row)) {
    throw new SofiError('annulation-depassee', `Cannot take the merge "${row.id}" back`, { fiche: fiche.id });
  }
  const open = await openSoumissionOf(sql, fiche.id);
  const later = await sql
    .selectFrom('fiche_version')
    .select('n')
    .where('fiche_id', '=', fiche.id)
    .where('soumission_id', '<>', row.id)
    .where('accepted_at', '>', row.decidee_le ?? row.created_at)
    .executeTakeFirst();
  const other = open !== undefined && open.id !== row.id ? open.id : undefined;
  if (other === undefined && later === undefined) return;
  throw new SofiError('annulation-depassee', `Cannot take soumission "${row.id}" back: its fiche went on`, {
    ...(other === undefined ? {} : { soumission: other }),
    ...(later === undefined ? {} : { version: later.n }),
  });
}
