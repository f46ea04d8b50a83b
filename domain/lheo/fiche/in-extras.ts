import { texteOf } from '../../model/documents.ts';
import { isArray, isRecord } from '../../model/json.ts';
import type { LheoExtrasIn } from './received.ts';

const EXPORT_DATE = /^(date-export|heure-export|date export\b.*)$/i;

/** The `info` of an `extra` or `extras`; empty when it has none. */
export function infoOf(value: unknown): string {
  const attributs = isRecord(value) ? value['@'] : undefined;
  const info = isRecord(attributs) ? attributs.info : undefined;
  return typeof info === 'string' ? info.trim() : '';
}

/** Splits a level's `extras` by `info`: those SOFI reads itself, and the others in their order. */
export function takeExtras(
  extras: readonly LheoExtrasIn[] | undefined,
  info: string,
): { readonly taken: readonly LheoExtrasIn[]; readonly others: readonly LheoExtrasIn[] } {
  const all = extras ?? [];
  return {
    taken: all.filter((item) => infoOf(item) === info),
    others: all.filter((item) => infoOf(item) !== info),
  };
}

/** One `extra` of an `extras`: its text and its attributes. */
export interface ExtraIn {
  readonly info: string;
  readonly texte: string;
  readonly attributs: Readonly<Record<string, unknown>>;
}

/** The `extra`s directly inside an `extras`, in order. */
export function extraTextes(extras: LheoExtrasIn): ExtraIn[] {
  return contenuOf(extras).flatMap((item) => {
    const extra = isRecord(item) ? item.extra : undefined;
    if (typeof extra !== 'string' && !isRecord(extra)) return [];
    const attributs = isRecord(extra) && isRecord(extra['@']) ? extra['@'] : {};
    return [{ info: infoOf(extra), texte: texteOf(extra).trim(), attributs }];
  });
}

/** The `extras` nested directly inside an `extras`, in order. */
export function nestedExtras(extras: LheoExtrasIn): LheoExtrasIn[] {
  return contenuOf(extras).flatMap((item) =>
    isRecord(item) && isRecord(item.extras) ? [item.extras as LheoExtrasIn] : [],
  );
}

/** A copy without the extras that date an export, at any level: they are never published (design §5). */
export function withoutExportDates<T>(value: T): T {
  return cleaned(value) as T;
}

function contenuOf(extras: LheoExtrasIn): readonly unknown[] {
  return isArray(extras.contenu) ? extras.contenu : [];
}

function isExportDate(value: unknown): boolean {
  if (EXPORT_DATE.test(infoOf(value))) return true;
  if (!isRecord(value)) return false;
  if (isArray(value.contenu)) return value.contenu.length > 0 && value.contenu.every(isExportDate);
  const [only, ...others] = Object.keys(value);
  return others.length === 0 && (only === 'extra' || only === 'extras') && isExportDate(value[only]);
}

function cleaned(value: unknown): unknown {
  if (isArray(value)) return value.filter((item) => !isExportDate(item)).map(cleaned);
  if (!isRecord(value)) return value;
  const entries = Object.entries(value).map(([key, member]): [string, unknown] => [key, cleaned(member)]);
  return Object.fromEntries(entries.filter(([key, member]) => !isEmptied(key, member, value[key])));
}

/** A list of `extras` that held export dates only goes with them. */
function isEmptied(key: string, member: unknown, before: unknown): boolean {
  return key === 'extras' && isArray(member) && member.length === 0 && isArray(before) && before.length > 0;
}
