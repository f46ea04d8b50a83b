import type { Lang } from '../../../domain/model/words.ts';

/** Numbers that name something: a version, a rank, a release. */
const NAMES: ReadonlySet<string> = new Set(['n', 'release', 'current']);

const FORMATS: Readonly<Record<Lang, Intl.NumberFormat>> = {
  fr: new Intl.NumberFormat('fr'),
  en: new Intl.NumberFormat('en'),
};

/** A count as it is read in a language: its thousands are kept apart. */
export function grouped(count: number, lang: Lang): string {
  return FORMATS[lang].format(count);
}

type Fill = (expression: string, argument: string) => unknown;

/** Fills the places of a phrase, its counts grouped; what polyglot's `replace` option takes, `this` being the phrase. */
export function fillGrouped(langOf: () => Lang) {
  return function fill(this: string, places: RegExp, fillOf: Fill): string {
    return String(this).replace(places, (expression: string, argument: string) => {
      const value = fillOf(expression, argument);
      return typeof value === 'number' && !NAMES.has(argument) ? grouped(value, langOf()) : String(value);
    });
  };
}
