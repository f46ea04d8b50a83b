import { createHash } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { aFormation } from './builders.ts';
import { documentWithout, removerOfPerson } from './remove-person.ts';
import { removerOf, tracesOf } from './removed-traces.ts';

const ZOE = { nom: 'Dupré-Martin', prenom: 'Zoé', courriel: 'zoe.dupre@exemple.fr' };
const hashed = (text: string) => createHash('sha256').update(text).digest('hex');
const byHash = removerOf(tracesOf(ZOE, hashed), hashed);

describe('a person who was removed', () => {
  it('is kept as hashes that name nobody', () => {
    const kept = JSON.stringify(tracesOf(ZOE, hashed)).toLowerCase();
    expect(kept).not.toMatch(/zo|dupr|exemple/);
  });

  it.each([
    ['Demander Zoé Dupré-Martin à l’accueil.', 'Demander … à l’accueil.'],
    ['DUPRE MARTIN Zoe, poste 12', '…, poste 12'],
    ['Dupré-Martin, Zoé', '…'],
    ['Écrire à Zoe.Dupre@exemple.fr.', 'Écrire à ….'],
  ])('is known again in "%s"', (text, left) => {
    expect(byHash.textWithout(text)).toBe(left);
  });

  it.each([
    'Zoé Dupré est une autre personne.',
    'https://exemple.fr/zoe-dupre-martin/',
    'zoe.dupre@exemple.fr.autre',
    'Zoé. Dupré-Martin et Cie',
    'Menuiserie à Nantes',
  ])('is not seen in "%s"', (text) => {
    expect(byHash.textWithout(text)).toBe(text);
  });

  const named = (coordonnees: object) => {
    const base = aFormation();
    return { ...base, champs: { ...base.champs, 'contact-formation': [{ coordonnees }] } } as typeof base;
  };

  it.each([
    { nom: 'DUPRE-MARTIN', prenom: 'ZOE' },
    { nom: 'Zoé Dupré-Martin' },
    { nom: 'X', courriel: 'ZOE.DUPRE@exemple.fr' },
  ])('leaves the contacts with their telephone: %j', (coordonnees) => {
    const document = named({ ...coordonnees, portable: { numtel: ['0600000000'] } });
    const left = documentWithout(document, byHash);
    expect(left.champs['contact-formation']).toEqual([]);
    expect(documentWithout(document, removerOfPerson(ZOE))).toEqual(left);
  });

  it('leaves a document that names somebody else the same object', () => {
    const document = named({ nom: 'Martin', prenom: 'Zoé', courriel: 'zoe@exemple.fr' });
    expect(documentWithout(document, byHash)).toBe(document);
  });
});
