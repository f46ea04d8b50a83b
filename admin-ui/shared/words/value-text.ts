import { CONTACT_PRIVE, CONTACT_PUBLIC } from '../../../domain/model/contacts.ts';
import { codeLabel, elementRow, isElement } from '../../../domain/model/element-label.ts';
import { isRecord } from '../../../domain/model/json.ts';
import { parseLheoDate } from '../../../domain/model/lheo-dates.ts';
import { pathSteps } from '../../../domain/model/paths.ts';
import type { Lang } from '../../../domain/model/words.ts';
import { leafText } from './leaf-text.ts';

const UNKNOWN: Record<Lang, string> = { fr: 'date inconnue', en: 'unknown date' };

const MARKS: Readonly<Record<string, Record<Lang, string>>> = {
  [CONTACT_PRIVE]: { fr: 'privé, non publié', en: 'private, not published' },
  [CONTACT_PUBLIC]: { fr: 'public', en: 'public' },
};

/** A LHÉO date as people read it: `04/01/2027`, `01/2027`, "unknown date"; what is no date stays as it is. */
export function lheoDateText(text: string, lang: Lang): string {
  const date = parseLheoDate(text);
  if (date.kind === 'day') return date.day.split('-').reverse().join('/');
  if (date.kind === 'month') return `${String(date.month).padStart(2, '0')}/${date.year}`;
  return date.kind === 'invalid' ? text : UNKNOWN[lang];
}

function withAttributs(text: string, attributs: unknown): string {
  if (!isRecord(attributs)) return text;
  const shown = Object.entries(attributs).filter(([, value]) => value !== undefined && value !== '');
  return shown.length === 0 ? text : `${text} (${shown.map(([key, value]) => `${key} ${String(value)}`).join(', ')})`;
}

/** What a field says, in words: the label of a code, a date as it is read, attributes in brackets. */
export function valueText(path: string, value: unknown, lang: Lang): string {
  if (value === undefined || value === null) return '';
  if (isRecord(value)) return withAttributs(valueText(path, value['#'] ?? value.xml, lang), value['@']);
  const text = typeof value === 'boolean' ? String(value) : leafText(value);
  const name = pathSteps(path).findLast((step) => !/^\d+$/.test(step)) ?? '';
  if (name === 'tag') return MARKS[text]?.[lang] ?? text;
  if (name === 'codeFinanceur') return `${codeLabel('financeurs', text, lang)} (${text})`;
  if (!isElement(name)) return text;
  const row = elementRow(name);
  if (row.kind === 'key') return codeLabel(row.dict, text, lang);
  return row.kind === 'date' ? lheoDateText(text, lang) : text;
}
