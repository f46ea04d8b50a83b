import { DICTS, type DictName, dictLabel } from '../grammar/dictionaries.ts';
import { ELEMENTS, type ElementName } from '../grammar/elements.ts';
import { DICTS_EN, ELEMENTS_EN } from '../grammar/labels-en.ts';
import type { ElementRow } from '../grammar/shape.ts';
import type { Lang } from './words.ts';

export function isElement(name: string): name is ElementName {
  return Object.hasOwn(ELEMENTS, name);
}

export function elementRow(name: ElementName): ElementRow {
  return ELEMENTS[name];
}

/** An element's name in the language of the screen; French where no English one is held. */
export function elementLabel(name: ElementName, lang: Lang): string {
  return (lang === 'en' ? ELEMENTS_EN[name] : undefined) ?? ELEMENTS[name].label;
}

/** The word for a code of a dictionary; the code itself when the dictionary lacks it. */
export function codeLabel(dict: string, code: string, lang: Lang): string {
  if (!Object.hasOwn(DICTS, dict)) return code;
  const name = dict as DictName;
  return (lang === 'en' ? DICTS_EN[name]?.[code] : undefined) ?? dictLabel(name, code) ?? code;
}
