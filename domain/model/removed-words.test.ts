import { describe, expect, it } from '@jest/globals';
import { aFormation } from './builders.ts';
import type { FormationDocument } from './documents.ts';
import { removerOfPerson } from './remove-person.ts';
import { type FieldWords, fieldsWithout, namedPlaces } from './removed-words.ts';

const remover = removerOfPerson({ nom: 'Durand', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' });
const place = '/champs/contact-formation/0/coordonnees';

const withContact = (coordonnees: object): FormationDocument => {
  const base = aFormation();
  return { ...base, champs: { ...base.champs, 'contact-formation': [{ coordonnees }] } } as FormationDocument;
};
const left = (fields: readonly FieldWords[], ...documents: FormationDocument[]) =>
  fieldsWithout(fields, remover, namedPlaces(documents, fields, remover));

describe('what was written about fields', () => {
  it('keeps the place of a name and loses the name', () => {
    const fields = [
      { path: `${place}/nom`, comment: 'Zoé Durand est partie', suggestion: 'Durand' },
      { path: `${place}/prenom`, comment: 'à revoir', suggestion: 'Zoé' },
    ];
    expect(left(fields)).toEqual([
      { path: `${place}/nom`, comment: '… est partie' },
      { path: `${place}/prenom`, comment: 'à revoir' },
    ]);
  });

  it('loses a name alone when a document has the rest of it', () => {
    const fields = [{ path: `${place}/nom`, reason: 'coquille', before: 'Durant', after: 'Durand' }];
    expect(left(fields, withContact({ nom: 'Durant', prenom: 'Zoé' }))).toEqual([
      { path: `${place}/nom`, reason: 'coquille' },
    ]);
    expect(left(fields, withContact({ nom: 'Durant', prenom: 'Paul' }))).toBe(fields);
  });

  it('loses the telephone of a contact that a document names', () => {
    const fields = [{ path: `${place}/portable/numtel/0`, reason: 'nouveau', after: '0600000000' }];
    expect(left(fields, withContact({ nom: 'DURAND', prenom: 'Zoé' }))).toEqual([
      { path: `${place}/portable/numtel/0`, reason: 'nouveau' },
    ]);
  });

  it('loses a contact given whole, and an address that would be accepted in one click', () => {
    const contact = { coordonnees: { nom: 'Durand', prenom: 'Zoé', adresse: { ville: 'Nantes' } } };
    expect(left([{ path: '/champs/contact-formation', value: [contact] }])).toEqual([
      { path: '/champs/contact-formation', value: [] },
    ]);
    expect(left([{ path: `${place}/courriel`, suggestion: 'Zoe.Durand@exemple.fr' }])).toEqual([
      { path: `${place}/courriel` },
    ]);
  });

  it('stays the same list when it names others', () => {
    const fields = [{ path: `${place}/nom`, comment: 'Durand ou Dupont ?', suggestion: 'Dupont' }];
    expect(left(fields, withContact({ nom: 'Durand', prenom: 'Paul' }))).toBe(fields);
  });
});
