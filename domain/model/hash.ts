import type { FicheDocument } from './documents.ts';
import { canonicalJson, isArray, isRecord } from './json.ts';

export { canonicalJson } from './json.ts';

/** Ids that SOFI allots or links: a source that sends the same again has no part in them. */
const ALLOTTED = new Set(['id', 'organisme', 'formateur', 'site', 'numeroRecu']);
const STAMPS = new Set(['datemaj', 'datecrea', 'horodatage-creation', 'horodatage-modification', 'horodatage-export']);
const EXPORT_DATE = /^(date-export|heure-export|date export\b.*)$/i;

/** `numero` as the source gave it. */
function receivedNumero(record: Readonly<Record<string, unknown>>): unknown {
  return record.numeroRecu ?? record.numero;
}

function withoutStamps(attributs: Readonly<Record<string, unknown>>): Record<string, unknown> | undefined {
  const kept = Object.entries(attributs).filter(
    ([name, value]) =>
      value !== undefined && !STAMPS.has(name) && !(name === 'ref' && typeof value === 'string' && /^\d+$/.test(value)),
  );
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function infoOf(value: unknown): string {
  if (!isRecord(value) || !isRecord(value['@'])) return '';
  return typeof value['@'].info === 'string' ? value['@'].info : '';
}

/** An `extra` or `extras` that dates the export, at any level; one that held nothing else goes with it. */
function isExportDate(value: unknown): boolean {
  if (EXPORT_DATE.test(infoOf(value).trim())) return true;
  if (!isRecord(value)) return false;
  if (isArray(value.contenu)) return value.contenu.length > 0 && value.contenu.every(isExportDate);
  const [only, ...others] = Object.keys(value);
  return others.length === 0 && (only === 'extra' || only === 'extras') && isExportDate(value[only]);
}

function cleaned(value: unknown): unknown {
  if (isArray(value)) {
    const kept = value.filter((item) => !isExportDate(item)).map(cleaned);
    return kept.length === 0 ? undefined : kept;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] =>
    key === '@' && isRecord(member) ? [key, withoutStamps(member)] : [key, cleaned(member)],
  );
  const kept = Object.fromEntries(entries.filter(([, member]) => member !== undefined));
  return Object.keys(kept).length === 1 && typeof kept['#'] === 'string' ? kept['#'] : kept;
}

function withoutIds(value: unknown): unknown {
  if (isArray(value)) return value.map(withoutIds);
  if (!isRecord(value)) return value;
  const kept: Record<string, unknown> = {};
  for (const [key, member] of Object.entries(value)) {
    if (key === 'champs' || key === 'recu') kept[key] = cleaned(member);
    else if (!ALLOTTED.has(key)) kept[key] = withoutIds(member);
  }
  return 'champs' in value ? { ...kept, numero: receivedNumero(value) } : kept;
}

/**
 * The canonical text of a fiche as its source sent it, for the hash that says *unchanged* (design §5): without
 * `datemaj`, `datecrea`, `horodatage-*`, integer `ref`s, export dates and the ids that SOFI gave.
 */
export function canonicalReceived(document: FicheDocument): string {
  return canonicalJson(withoutIds(document));
}
