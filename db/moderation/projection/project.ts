import type { FicheDocument, FormationDocument, OrganismeDocument } from '../../../domain/model/documents.ts';
import type { Sql } from '../../connect.ts';
import { restartCycles } from '../../fraicheur/cycles.ts';
import { contentHash } from '../content.ts';
import { closeFormations, projectFormations } from './formation.ts';
import type { HashOf } from './formation-rows.ts';
import { markCpf } from './marking.ts';
import { closeOrganismes, projectOrganismes } from './organisme.ts';
import type { Projected } from './version.ts';

type One = Projected<FicheDocument>;
const isOrganisme = (one: One): one is Projected<OrganismeDocument> => one.document.kind === 'organisme';
const isFormation = (one: One): one is Projected<FormationDocument> => one.document.kind === 'formation';

/** Brings the rows of the offer to accepted versions, with the CPF marking of their sessions and a new cycle of freshness; each fiche at most once. */
export async function project(sql: Sql, items: readonly One[], hashOf: HashOf = contentHash): Promise<void> {
  await projectOrganismes(sql, items.filter(isOrganisme));
  const formations = items.filter(isFormation);
  const sirets = await projectFormations(sql, formations, hashOf);
  await markCpf(
    sql,
    formations.map(({ document }) => document),
    sirets,
  );
  const changed = formations.filter(({ version }) => version.changed && version.n > 1);
  const [first] = changed;
  if (first === undefined) return;
  const ids = changed.map(({ document }) => document.id);
  await restartCycles(sql, { at: first.version.at.getTime(), confirmee: false, of: { kind: 'formations', ids } });
}

/** Marks the rows of fiches that leave the offer; nothing is deleted. */
export async function closeFiches(sql: Sql, items: readonly One[]): Promise<void> {
  await closeOrganismes(sql, items.filter(isOrganisme));
  await closeFormations(sql, items.filter(isFormation));
}
