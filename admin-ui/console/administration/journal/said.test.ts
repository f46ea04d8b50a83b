import { describe, expect, it } from '@jest/globals';
import { suiviFr } from '../../../shared/i18n/suivi.fr.ts';
import { saidOf } from './said.ts';

const words: Record<string, string> = {
  ...Object.fromEntries(Object.entries(suiviFr.journal.said).map(([key, word]) => [`suivi.journal.said.${key}`, word])),
  'suivi.journal.stage.moderateurs': suiviFr.journal.stage.moderateurs,
  'sofi.clock.traitement': 'décision',
};
const translate = (key: string, options?: Record<string, unknown>) =>
  words[key] ?? (typeof options?._ === 'string' ? options._ : key);

describe('what the journal tells beside an act', () => {
  it('is said in words, without what only the machine needs', () => {
    expect(saidOf({ token: 3, decision: 'x', version: 2, accepted: 4 }, translate)).toEqual([
      'version : 2',
      'version acceptée : 4',
    ]);
    expect(saidOf({ avis: ['traitement:moderateurs'] }, translate)).toEqual(['échéances : décision (modérateurs)']);
  });

  it('keeps what it has no word for', () => {
    expect(saidOf({ autre_chose: { a: 1 } }, translate)).toEqual(['autre_chose : {"a":1}']);
  });
});
