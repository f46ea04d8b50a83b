import { CHANNEL_OF } from '../../db/checks/channel.ts';
import { loadStateTables } from '../../db/checks/reference-tables.ts';
import type { Sql } from '../../db/connect.ts';
import type { Pending } from '../../db/publication/render.ts';
import { loadCarriedTables } from '../../db/reference/load.ts';
import { rulesAt } from '../../db/regles/settings.ts';
import { shownActions } from '../../domain/lheo/fiche/out-shown.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { type ReferenceKeys, referenceKeys } from '../../domain/model/reference-keys.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { checkFiche } from '../../domain/model/rules.ts';
import { NO_TABLES, type ReferenceTables } from '../../domain/model/tables.ts';
import type { Candidate } from './publication-candidate.ts';

/** The fiche as the release would show it: what ended is no fault. */
function shownDocument({ pending: { document }, shown }: Candidate): FicheDocument {
  return document.kind === 'formation' ? { ...document, actions: shownActions(document, new Set(shown)) } : document;
}

async function tablesFor(sql: Sql, documents: readonly FicheDocument[]): Promise<ReferenceTables> {
  const keys = documents.map((document) => referenceKeys(document));
  const union = (name: keyof ReferenceKeys) => [...new Set(keys.flatMap((one) => one[name]))];
  const asked = {
    certifications: union('certifications'),
    organismes: union('organismes'),
    communes: union('communes'),
  };
  return { ...NO_TABLES, ...(await loadCarriedTables()), ...(await loadStateTables(sql, asked)) };
}

/** A contact that is gone keeps nothing out: the organisme's address stands for a person who was removed (design §11). */
const isContactGone = ({ rule, path }: Fault) => rule === 'premier-cercle' && /\/champs\/contact-[a-z]+$/.test(path);

/** What the offer shows already was judged when it came in. */
const isNew = ({ versionN, currentN, keptOut, mayLapse }: Pending) =>
  versionN !== currentN && keptOut === null && mayLapse;

/**
 * The rules in force on the release's day once more on what a page would publish for the first time (design §6): why each
 * that lapsed since it was accepted cannot go out, by fiche.
 */
export async function lapsedSince(
  sql: Sql,
  candidates: readonly Candidate[],
  { day, region }: { readonly day: ParisDay; readonly region: RegionSettings },
): Promise<Map<string, string>> {
  const fresh = candidates.filter(({ pending }) => isNew(pending));
  if (fresh.length === 0) return new Map();
  const documents = fresh.map(shownDocument);
  const tables = await tablesFor(sql, documents);
  const rules = await rulesAt(sql, instantOf(day, 12));
  const refused = fresh.flatMap(({ pending }, i): [string, string][] => {
    const document = documents[i];
    if (document === undefined) return [];
    const channel = CHANNEL_OF[pending.source];
    const faults = checkFiche(document, { channel, today: day, region, tables, moment: 'publication' }, rules);
    const blocking = faults.find((fault) => fault.severity === 'blocking' && !isContactGone(fault));
    return blocking === undefined ? [] : [[pending.ficheId, `regle: ${blocking.rule} ${blocking.path}`]];
  });
  return new Map(refused);
}
