import { describe, expect, it } from '@jest/globals';
import { pathLabel } from './path-label.ts';

const document = {
  kind: 'formation',
  champs: {},
  actions: [
    { id: 'a1', champs: {}, sessions: [] },
    { id: 'a2', champs: {}, sessions: [{ id: 's1', champs: {}, dispositifs: [{ id: 'd1' }] }] },
  ],
};

describe('words of a field’s address', () => {
  it.each([
    ['/champs/intitule-formation', 'Intitulé de la formation', 'Title of the formation'],
    [
      '/champs/domaine-formation/code-FORMACODE/0',
      'Domaine de la formation › Code FORMACODE',
      'Domain of the formation › Formacode',
    ],
    [
      '/champs/domaine-formation/code-FORMACODE/2',
      'Domaine de la formation › Code FORMACODE › n° 3',
      'Domain of the formation › Formacode › n° 3',
    ],
    [
      '/actions/a2/sessions/s1/champs/periode/debut',
      'Action 2 › Session 1 › Période › Début',
      'Action 2 › Session 1 › Period › Start',
    ],
    [
      '/actions/a2/sessions/s1/dispositifs/d1/codeFinanceur',
      'Action 2 › Session 1 › Financement 1 › Financeur',
      'Action 2 › Session 1 › Funding 1 › Funder',
    ],
    ['/champs/contact-formation/0/@/tag', 'Contact de la formation › Marque', 'Contact of the formation › Mark'],
    [
      '/champs/contact-formation/0/coordonnees/telfixe/numtel/0',
      'Contact de la formation › Téléphone fixe',
      'Contact of the formation › Telephone',
    ],
    [
      '/actions/a1/champs/lieu-de-formation/0/coordonnees/adresse/ville',
      'Action 1 › Lieu de formation › Ville',
      'Action 1 › Place of the formation › Town',
    ],
    ['/actions/gone/champs/rythme-formation', 'Action › Rythme de la formation', 'Action › Rhythm'],
  ])('says %s in both languages', (path, fr, en) => {
    expect(pathLabel(path, document, 'fr')).toBe(fr);
    expect(pathLabel(path, document, 'en')).toBe(en);
  });
});
