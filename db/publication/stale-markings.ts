import { sql } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { cpfInputs } from '../checks/cpf.ts';
import { loadStateTables } from '../checks/reference-tables.ts';
import type { Sql } from '../connect.ts';
import { markCpf } from '../moderation/projection/marking.ts';
import { acceptedVersion, lockFiche } from '../moderation/rows.ts';

/**
 * Marks the next formations of which a session has no CPF marking or an older one than the tables (design §9); answers
 * the last id it looked at, null when none is left.
 */
export async function markStalePage(tx: Sql, after: string | null, limit: number): Promise<string | null> {
  const inputs = cpfInputs(await loadStateTables(tx, { communes: [], certifications: [], organismes: [] }));
  const { rows } = await sql<{ id: string }>`
    select distinct s.formation_id as id from session s join fiche f on f.id = s.formation_id
    left join cpf_marking m on m.session_id = s.id
    where s.retire_le is null and f.fermee_le is null and m.inputs is distinct from ${inputs}
      and (${after}::uuid is null or s.formation_id > ${after}::uuid)
    order by s.formation_id limit ${limit}`.execute(tx);
  const formations: FormationDocument[] = [];
  for (const { id } of rows) {
    const fiche = await lockFiche(tx, id);
    const version = fiche && (await acceptedVersion(tx, id, fiche.version_n));
    if (version?.document.kind === 'formation') formations.push(version.document);
  }
  await markCpf(tx, formations);
  return rows.length < limit ? null : (rows.at(-1)?.id ?? null);
}
