import { describe, expect, it } from '@jest/globals';
import { keptOutWords } from './kept-out.ts';

describe('why a release keeps something out', () => {
  it('is the rule that it no longer passes, with the field', () => {
    expect(keptOutWords('regle: sans-html /champs/contenu-formation')).toEqual({
      fr: 'Elle ne passe plus une règle : Un texte ne contient pas de HTML. (Contenu de la formation)',
      en: expect.stringMatching(/^It no longer passes a rule: A text holds no HTML\. \(.+\)$/),
    });
  });

  it.each(['regle: oubliee /champs', 'schema: element is not expected', ''])(
    'is told without a code: "%s"',
    (reason) => {
      expect(keptOutWords(reason).fr).toBe('Elle ne passe pas les contrôles de publication ; le Cariforef le sait.');
    },
  );

  it('is a day to come, whatever the day', () => {
    expect(keptOutWords('differee 2027-01-04').en).toBe('Its publication is set for later.');
  });
});
