import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { markFormation } from '../../checks/cpf.ts';
import { json, type Sql } from '../../connect.ts';

/** Computes and stores the CPF marking of each session of a formation, with its proof; other sessions lose theirs. */
export async function markCpf(sql: Sql, formation: FormationDocument): Promise<void> {
  const organisme = await sql
    .selectFrom('organisme')
    .select('siret')
    .where('id', '=', formation.organisme)
    .executeTakeFirst();
  const { inputs, sessions } = await markFormation(sql, formation, organisme?.siret ?? '');
  const rows = sessions.map(({ sessionId, marking: { reasons, proof, ...marking } }) => ({
    id: sessionId,
    ...marking,
    proof: { reasons, ...proof },
  }));
  await raw`with gone as (delete from cpf_marking where formation_id = ${formation.id}
      and session_id <> all (${rows.map(({ id }) => id)}::uuid[]))
    insert into cpf_marking (session_id, formation_id, answer, code, source, debut, fin, proof, inputs)
    select x.id, ${formation.id}::uuid, x.answer, x.code, x.source, x.debut, x.fin, x.proof, ${inputs}
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, answer text, code text, source text, debut text, fin text, proof jsonb)
    on conflict (session_id) do update set answer = excluded.answer, code = excluded.code, source = excluded.source,
      debut = excluded.debut, fin = excluded.fin, proof = excluded.proof, inputs = excluded.inputs, computed_at = now()`.execute(
    sql,
  );
}
