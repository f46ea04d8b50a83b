import { describe, expect, it } from '@jest/globals';
import { editField } from './edit-field.ts';

const empty = { kind: 'formation', champs: {}, actions: [] };

describe('editing one field of a draft', () => {
  it('makes the elements above the field', () => {
    expect(editField(empty, '/champs/contact-formation/0/coordonnees/telfixe/numtel/0', '02 43')).toEqual({
      ...empty,
      champs: { 'contact-formation': [{ '@': { tag: 'prive' }, coordonnees: { telfixe: { numtel: ['02 43'] } } }] },
    });
  });

  it('takes away an emptied field with the elements that held only it', () => {
    const filled = editField(empty, '/champs/contact-formation/0/coordonnees/telfixe/numtel/0', '02 43');
    expect(editField(filled, '/champs/contact-formation/0/coordonnees/telfixe/numtel/0', '')).toEqual(empty);
  });

  it('leaves the rest of an element alone', () => {
    const two = editField(
      editField(empty, '/champs/contact-formation/0/coordonnees/nom', 'Martin'),
      '/champs/contact-formation/0/coordonnees/courriel',
      'a@b.fr',
    );
    expect(editField(two, '/champs/contact-formation/0/coordonnees/nom', '')).toEqual({
      ...empty,
      champs: { 'contact-formation': [{ '@': { tag: 'prive' }, coordonnees: { courriel: 'a@b.fr' } }] },
    });
  });

  it('keeps a row whose last field was emptied', () => {
    const row = { ...empty, actions: [{ id: 'a', champs: { 'rythme-formation': 'x' }, sessions: [] }] };
    expect(editField(row, '/actions/a/champs/rythme-formation', '')).toEqual({
      ...empty,
      actions: [{ id: 'a', champs: {}, sessions: [] }],
    });
  });

  it('keeps what a funding always holds, be it empty', () => {
    const row = { id: 'd', codeFinanceur: '2', publics: [{ code: '83056' }], origine: 'session' };
    const funded = { actions: [{ id: 'a', champs: {}, sessions: [{ id: 's', champs: {}, dispositifs: [row] }] }] };
    const path = '/actions/a/sessions/s/dispositifs/d';
    const emptied = editField(editField(funded, `${path}/publics`, []), `${path}/codeFinanceur`, undefined);
    expect(emptied.actions[0]?.sessions[0]?.dispositifs[0]).toEqual({ ...row, codeFinanceur: '', publics: [] });
  });
});
