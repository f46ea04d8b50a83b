import { describe, expect, it } from '@jest/globals';
import { aFormation } from './builders.ts';
import { isMendable, keepMends, mendDocument } from './mends.ts';
import { getAtPath, setAtPath } from './paths.ts';

const document = aFormation();
const action = `/actions/${document.actions[0]?.id}`;
const titre = '/champs/intitule-formation';
const wish = { path: titre, value: 'CAP ébéniste d’art', reason: 'faute de frappe' };

describe('a moderator’s mend', () => {
  it.each([
    [titre, true],
    [`${action}/champs/prix-total-TTC`, true],
    [`${action}/champs/lieu-de-formation/0/coordonnees/adresse/ville`, true],
    ['/referenceOf', true],
    ['/id', false],
    ['/numero', false],
    ['/organisme', false],
    ['/champs', false],
    ['/actions', false],
    [action, false],
    [`${action}/id`, false],
    [`${action}/sessions`, false],
    ['/', false],
  ])('of %s is possible: %s', (path, possible) => expect(isMendable(path)).toBe(possible));

  it('keeps what the field said before, and leaves out what changes nothing', () => {
    const same = { path: '/champs/certifiante', value: '1', reason: 'rien' };
    const { document: mended, mends } = mendDocument(document, [wish, same]);
    expect(getAtPath(mended, titre)).toBe(wish.value);
    expect(mends).toEqual([{ path: titre, before: 'CAP ébéniste', after: wish.value, reason: wish.reason }]);
  });

  it('without a value takes the field away', () => {
    const { document: mended, mends } = mendDocument(document, [{ path: '/champs/certifiante', reason: 'inconnu' }]);
    expect(getAtPath(mended, '/champs/certifiante')).toBeUndefined();
    expect(mends).toEqual([{ path: '/champs/certifiante', before: '1', reason: 'inconnu' }]);
  });

  it('outlives the same content sent again, not a field that its source changed', () => {
    const { mends } = mendDocument(document, [wish]);
    expect(getAtPath(keepMends(document, mends), titre)).toBe(wish.value);
    const other = setAtPath(document, titre, 'CAP menuisier');
    expect(getAtPath(keepMends(other, mends), titre)).toBe('CAP menuisier');
  });

  it('of a row that its source took away brings nothing back', () => {
    const path = `${action}/champs/prix-total-TTC`;
    const { mends } = mendDocument(document, [{ path, value: '4100.00', reason: 'prix' }]);
    expect(keepMends({ ...document, actions: [] }, mends)).toMatchObject({ actions: [] });
  });

  describe('that adds a contact', () => {
    const session = `${action}/sessions/${document.actions[0]?.sessions[0]?.id}/champs/contact-session/0`;
    const name = { path: `${session}/coordonnees/nom`, value: 'Zoé Durand', reason: 'vu au téléphone' };

    it('keeps it inside, and says so', () => {
      const { document: mended, mends } = mendDocument(document, [name]);
      expect(getAtPath(mended, session)).toEqual({ coordonnees: { nom: 'Zoé Durand' }, '@': { tag: 'prive' } });
      expect(mends).toEqual([
        { path: name.path, after: name.value, reason: name.reason },
        { path: `${session}/@/tag`, after: 'prive', reason: name.reason },
      ]);
      expect(getAtPath(keepMends(document, mends), `${session}/@/tag`)).toBe('prive');
    });

    it('publishes it when it says that it may be', () => {
      const mark = { path: `${session}/@/tag`, value: 'public', reason: 'son accord' };
      const { document: mended, mends } = mendDocument(document, [name, mark]);
      expect(getAtPath(mended, `${session}/@/tag`)).toBe('public');
      expect(mends).toHaveLength(2);
    });

    it('marks a whole list of them', () => {
      const path = session.slice(0, -2);
      const { mends } = mendDocument(document, [{ path, value: [{ coordonnees: { nom: 'Durand' } }], reason: 'x' }]);
      expect(mends.map((one) => one.path)).toEqual([path, `${path}/0/@/tag`]);
    });

    it('leaves one that was public as public as it was', () => {
      const path = '/champs/contact-formation/0/coordonnees/nom';
      expect(mendDocument(document, [{ path, value: 'Standard', reason: 'x' }]).mends).toHaveLength(1);
    });
  });
});
