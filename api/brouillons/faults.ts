import { loadReferenceTables } from '../../db/checks/reference-tables.ts';
import type { Sql } from '../../db/connect.ts';
import { rulesAt } from '../../db/regles/settings.ts';
import { type FicheDocument, texteOf } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { checkFiche } from '../../domain/model/rules.ts';

async function siretOf(sql: Sql, document: FicheDocument): Promise<string> {
  if (document.kind === 'organisme') return '';
  const accepted = await sql
    .selectFrom('organisme')
    .select('siret')
    .where('id', '=', document.organisme)
    .executeTakeFirst();
  const own = document.champs['organisme-formation-responsable']?.['SIRET-organisme-formation']?.SIRET;
  return accepted?.siret ?? texteOf(own);
}

/** What the rules say of a draft as it stands; the checks after the deposit say the same. */
export async function faultsOfDraft(sql: Sql, document: FicheDocument, region: RegionSettings): Promise<Fault[]> {
  const tables = await loadReferenceTables(sql, document, await siretOf(sql, document));
  const now = Date.now();
  return checkFiche(document, { channel: 'saisie', today: parisDayOf(now), region, tables }, await rulesAt(sql, now));
}
