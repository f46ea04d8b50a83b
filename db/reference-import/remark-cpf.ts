import { cpfInputs } from '../checks/cpf.ts';
import { loadStateTables } from '../checks/reference-tables.ts';
import type { Database, Sql } from '../connect.ts';
import { markCpf } from '../moderation/projection/marking.ts';
import { acceptedVersions, lockFiches } from '../moderation/rows.ts';

const PAGE = 50;

/**
 * Marks again, in pages of 50 formations, the sessions whose marking was computed from other versions of the tables;
 * answers how many formations. A marking as new as the tables costs nothing, so a killed run goes on.
 */
export async function remarkCpf(db: Database, onPage: (done: number) => void = () => undefined): Promise<number> {
  let done = 0;
  for (;;) {
    const marked = await db.asWorker(remarkPage);
    done += marked;
    onPage(done);
    if (marked < PAGE) return done;
  }
}

async function remarkPage(sql: Sql): Promise<number> {
  const inputs = cpfInputs(await loadStateTables(sql, { communes: [], certifications: [], organismes: [] }));
  const stale = await sql
    .selectFrom('cpf_marking as m')
    .innerJoin('formation as f', 'f.id', 'm.formation_id')
    .select('m.formation_id')
    .distinct()
    .where('m.inputs', '!=', inputs)
    .where('f.retire_le', 'is', null)
    .orderBy('m.formation_id')
    .limit(PAGE)
    .execute();
  const fiches = await lockFiches(
    sql,
    stale.map(({ formation_id }) => formation_id),
  );
  const names = [...fiches.values()].map(({ id, version_n }) => ({ ficheId: id, n: version_n }));
  const versionOf = await acceptedVersions(sql, names);
  const documents = names.flatMap((name) => versionOf(name)?.document ?? []);
  await markCpf(
    sql,
    documents.filter((document) => document.kind === 'formation'),
  );
  return stale.length;
}
