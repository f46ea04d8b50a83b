import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { markFormations } from '../../checks/cpf.ts';
import { recordset, type Sql } from '../../connect.ts';

async function siretsOf(sql: Sql, formations: readonly FormationDocument[]): Promise<ReadonlyMap<string, string>> {
  const rows = await sql
    .selectFrom('organisme')
    .select(['id', 'siret'])
    .where('id', 'in', [...new Set(formations.map(({ organisme }) => organisme))])
    .execute();
  return new Map(rows.map(({ id, siret }) => [id, siret]));
}

/**
 * Computes and stores the CPF marking of each session of formations, with its proof (sent once for all that share it);
 * their other sessions lose theirs. `sirets` are those of their organismes, where the caller has them at hand.
 */
export async function markCpf(
  sql: Sql,
  formations: readonly FormationDocument[],
  known?: ReadonlyMap<string, string>,
): Promise<void> {
  if (formations.length === 0) return;
  const sirets = known ?? (await siretsOf(sql, formations));
  const asked = formations.map((formation) => ({ formation, siret: sirets.get(formation.organisme) ?? '' }));
  const { inputs, marked } = await markFormations(sql, asked);
  const proofs = new Map<string, number>();
  const rows = marked.flatMap(({ formation, sessions }) =>
    sessions.map(({ sessionId, marking: { reasons, proof, ...marking } }) => {
      const text = JSON.stringify({ reasons, ...proof });
      const preuve = proofs.get(text) ?? proofs.size;
      proofs.set(text, preuve);
      return { id: sessionId, formation: formation.id, ...marking, preuve };
    }),
  );
  await raw`with gone as (delete from cpf_marking where formation_id = any (${formations.map(({ id }) => id)}::uuid[])
      and session_id <> all (${rows.map(({ id }) => id)}::uuid[]))
    insert into cpf_marking as m (session_id, formation_id, answer, code, source, debut, fin, proof, inputs)
    select x.id, x.formation, x.answer, x.code, x.source, x.debut, x.fin, p.proof, ${inputs}
    from ${recordset(rows)} as x(id uuid, formation uuid, answer text, code text, source text, debut text, fin text,
      preuve int)
    join unnest(${[...proofs.values()]}::int[], ${[...proofs.keys()]}::jsonb[]) as p(preuve, proof) using (preuve)
    on conflict (session_id) do update set answer = excluded.answer, code = excluded.code, source = excluded.source,
      debut = excluded.debut, fin = excluded.fin, proof = excluded.proof, inputs = excluded.inputs, computed_at = now()
    where (m.answer, m.code, m.source, m.debut, m.fin, m.proof, m.inputs) is distinct from (excluded.answer,
      excluded.code, excluded.source, excluded.debut, excluded.fin, excluded.proof, excluded.inputs)`.execute(sql);
}
