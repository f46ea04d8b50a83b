import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { LookAlikeReasons } from '../../domain/model/look-alikes.ts';
import { json, type Sql } from '../connect.ts';
import { findLookAlikes } from './find.ts';
import { findOpenLookAlikes } from './find-open.ts';

/** The same reasons, seen from the other one. */
function turned(reasons: LookAlikeReasons): LookAlikeReasons {
  return { ...reasons, actions: reasons.actions.map(([mine, other]) => [other, mine] as const) };
}

/**
 * Finds what one version of a soumission looks like, in the offer and among what waits, and keeps it in place of what an
 * earlier version looked like; what waits is told of this one too, whichever came first.
 */
export async function noteLookAlikes(
  sql: Sql,
  { id, version }: { readonly id: string; readonly version: number },
  formation: FormationDocument,
): Promise<void> {
  const found = await findLookAlikes(sql, formation);
  const open = await findOpenLookAlikes(sql, formation);
  // Two that find each other at once write each other's rows: one after the other, until their checks are kept.
  if (open.length > 0) await raw`select pg_advisory_xact_lock(hashtext('ressemblance'))`.execute(sql);
  await sql.deleteFrom('ressemblance').where('soumission_id', '=', id).execute();
  const rows = [
    ...[...found, ...open].map(({ other, score, reasons }) => ({ soumission: id, other, version, score, reasons })),
    ...open.map(({ soumissionId, version: theirs, score, reasons }) => ({
      soumission: soumissionId,
      other: formation.id,
      version: theirs,
      score,
      reasons: turned(reasons),
    })),
  ];
  if (rows.length === 0) return;
  await raw`insert into ressemblance (soumission_id, autre_id, version, score, raisons)
    select x.soumission, x.other, x.version, x.score, x.reasons
    from jsonb_to_recordset(${json(rows)}) as x(soumission uuid, other uuid, version int, score double precision, reasons jsonb)
    on conflict (soumission_id, autre_id) do update
      set version = excluded.version, score = excluded.score, raisons = excluded.raisons`.execute(sql);
}
