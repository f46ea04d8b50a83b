import { type FicheDocument, texteOf } from '../../domain/model/documents.ts';
import type { Controles } from '../../domain/model/faults.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { checkFiche, controlesOf } from '../../domain/model/rules.ts';
import type { Source } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { noteLookAlikes } from '../look-alikes/note.ts';
import { revisionDocument } from '../moderation/revisions.ts';
import { leavesOffer } from '../moderation/rows.ts';
import { rulesAt } from '../regles/settings.ts';
import { CHANNEL_OF } from './channel.ts';
import { markFormations } from './cpf.ts';
import { loadReferenceTables } from './reference-tables.ts';

/** The SIRET of a fiche's organisme: the accepted one's, else what the document itself says. */
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

export interface CheckInput {
  readonly id: string;
  readonly version: number;
  /** When the checks count as run, in ms. */
  readonly at: number;
  readonly region: RegionSettings;
}

async function judge(sql: Sql, input: CheckInput, source: Source, document: FicheDocument) {
  const siret = await siretOf(sql, document);
  const channel = CHANNEL_OF[source];
  const tables = await loadReferenceTables(sql, document, siret);
  const rules = await rulesAt(sql, input.at);
  const faults = checkFiche(document, { channel, today: parisDayOf(input.at), region: input.region, tables }, rules);
  if (document.kind === 'formation') await noteLookAlikes(sql, input, document);
  const apercu =
    document.kind === 'formation'
      ? (await markFormations(sql, [{ formation: document, siret }])).marked.flatMap(({ sessions }) => sessions)
      : [];
  return { controles: controlesOf(faults, input.version, channel, rules), apercu };
}

/**
 * Runs the rules on one deposited version and keeps what they found, with a preview of the CPF marking and the fiches it
 * looks like; a withdrawal has nothing to check. Answers null when a newer version came meanwhile.
 */
export async function checkSoumission(sql: Sql, input: CheckInput): Promise<Controles | null> {
  const row = await sql
    .selectFrom('soumission')
    .select(['source', 'kind', 'partiel', 'version'])
    .where('id', '=', input.id)
    .executeTakeFirst();
  if (row === undefined || row.version !== input.version) return null;
  const { controles, apercu } = leavesOffer(row)
    ? { controles: controlesOf([], input.version, CHANNEL_OF[row.source]), apercu: [] }
    : await judge(sql, input, row.source, await revisionDocument(sql, input.id, input.version));
  await sql
    .updateTable('soumission')
    .set({ controles: json(controles), apercu_cpf: json<unknown>(apercu) })
    .where('id', '=', input.id)
    .where('version', '=', input.version)
    .execute();
  return controles;
}
