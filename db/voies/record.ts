import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

export interface LaneFigures {
  readonly voie_id: string;
  readonly approuvees: number;
  readonly audits: number;
  readonly en_attente: number;
  readonly fausses: number;
}

/** What each lane approved, what was drawn for audit and what was answered. */
export async function laneFigures(sql: Sql): Promise<Map<string, LaneFigures>> {
  const { rows } = await raw<LaneFigures>`
    select voie_id, count(*)::int as approuvees, (count(*) filter (where audite))::int as audits,
      (count(*) filter (where audite and juste is null))::int as en_attente,
      (count(*) filter (where audite and not juste))::int as fausses
    from voie_usage group by voie_id`.execute(sql);
  return new Map(rows.map((row) => [row.voie_id, row]));
}

/** A slice of the approvals drawn for audit, newest first, one row per soumission. */
export async function readAudits(
  sql: Sql,
  asked: {
    readonly waiting: boolean | undefined;
    readonly from: number;
    readonly limit: number;
    readonly order: 'asc' | 'desc';
  },
) {
  const { waiting, from, limit } = asked;
  const kept = raw`u.audite and (${waiting ?? null}::boolean is null or (u.juste is null) = ${waiting ?? null}::boolean)`;
  const { rows } = await raw<{
    soumission_id: string;
    version: number;
    titre: string;
    voies: string[];
    at: Date;
    juste: boolean | null;
    commentaire: string | null;
    audite_par: string | null;
    nom: string | null;
    role: string | null;
    total: string;
  }>`
    select u.soumission_id, u.version, s.titre, array_agg(u.voie_id order by u.voie_id)::text[] as voies, max(u.at) as at,
      bool_and(u.juste) as juste, max(u.commentaire) as commentaire, a.id as audite_par, a.nom, a.role,
      count(*) over () as total
    from voie_usage u join soumission s on s.id = u.soumission_id left join user_account a on a.id = u.audite_par
    where ${kept} group by u.soumission_id, u.version, s.titre, a.id, a.nom, a.role
    order by max(u.at) ${raw.raw(asked.order)}, u.soumission_id offset ${from} limit ${limit}`.execute(sql);
  return { rows, total: Number(rows[0]?.total ?? 0) };
}

/** Keeps a moderator's answer on what lanes approved; false when it was not drawn for audit. */
export async function answerAudit(
  sql: Sql,
  input: {
    readonly soumissionId: string;
    readonly juste: boolean;
    readonly commentaire: string | null;
    readonly by: string;
    readonly at: number;
  },
): Promise<boolean> {
  const answered = await sql
    .updateTable('voie_usage')
    .set({
      juste: input.juste,
      commentaire: input.commentaire,
      audite_par: input.by,
      audite_le: new Date(input.at),
    })
    .where('soumission_id', '=', input.soumissionId)
    .where('audite', '=', true)
    .returning('voie_id')
    .execute();
  return answered.length > 0;
}
