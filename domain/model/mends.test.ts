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
});
