import { describe, expect, it } from '@jest/globals';
import polyglotI18nProvider from 'ra-i18n-polyglot';
import englishMessages from 'ra-language-english';
import type { Lang } from '../../../domain/model/words.ts';
import { fillGrouped, grouped } from './grouped.ts';

const said = (lang: Lang, phrase: string, values: Record<string, unknown>) =>
  polyglotI18nProvider(() => ({ ...englishMessages, phrase }), lang, [], {
    replace: fillGrouped(() => lang),
  }).translate('phrase', values);

describe('a count in a phrase', () => {
  it('has its thousands kept apart, in both languages, and its plural', () => {
    const phrase = '%{smart_count} fiche |||| %{smart_count} fiches sur %{total}';
    expect(said('fr', phrase, { smart_count: 12_345, total: 20_000 })).toBe('12\u202f345 fiches sur 20\u202f000');
    expect(said('en', phrase, { smart_count: 12_345, total: 20_000 })).toBe('12,345 fiches sur 20,000');
    expect(said('fr', phrase, { smart_count: 1, total: 1 })).toBe('1 fiche');
  });

  it('is left alone when it names a release, and so are words and what is missing', () => {
    expect(said('fr', 'publication %{n}, %{titre}, %{rien}', { n: 1_234, titre: '1234' })).toBe(
      'publication 1234, 1234, %{rien}',
    );
  });

  it('is grouped where it stands alone', () => {
    expect([grouped(1_234, 'fr'), grouped(1_234, 'en'), grouped(12, 'fr')]).toEqual(['1\u202f234', '1,234', '12']);
  });
});
