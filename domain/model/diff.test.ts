import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { actionId, aFormation, anAction, aSession, dispositifId, sessionId } from './builders.ts';
import { diffDocuments } from './diff.ts';
import { summarize } from './diff-summary.ts';
import { mergeDocuments } from './merge.ts';
import { eachField, fieldOf, getAtPath, joinPath, setAtPath } from './paths.ts';

const ACTION = `/actions/${actionId(1)}`;
const PRIX = `${ACTION}/champs/prix-total-TTC`;
const TITLE = '/champs/intitule-formation';
const base = aFormation();
const sessions = (...numbers: number[]) => numbers.map((n) => aSession({ id: sessionId(n) }));
const withSessions = (...numbers: number[]) => setAtPath(base, `${ACTION}/sessions`, sessions(...numbers));

describe('the address of a field', () => {
  it('finds every field of a fiche where it says', () => {
    const seen: string[] = [];
    eachField(base, (path, value) => {
      seen.push(path);
      expect(getAtPath(base, path)).toBe(value);
    });
    expect(seen).toContain('/champs/domaine-formation/code-FORMACODE/0');
    expect(seen).toContain(`${ACTION}/sessions/${sessionId(1)}/champs/periode/debut`);
    expect(seen).toContain(`${ACTION}/sessions/${sessionId(1)}/dispositifs/${dispositifId(1)}/codeFinanceur`);
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('follows a row that moved', () => {
    const two = withSessions(1, 2);
    const turned = withSessions(2, 1);
    const path = `${ACTION}/sessions/${sessionId(2)}/champs/periode/fin`;
    expect(getAtPath(two, path)).toBe(getAtPath(turned, path));
  });

  it('sets without touching the document it was given', () => {
    const copy = structuredClone(base);
    const changed = setAtPath(base, PRIX, '10');
    expect(getAtPath(changed, PRIX)).toBe('10');
    expect(base).toEqual(copy);
    expect(changed.champs).toBe(base.champs);
  });

  it('makes what is missing on the way, an array where an index comes', () => {
    const made = setAtPath(base, '/champs/url-formation/urlweb/0', 'https://a.example');
    expect(made.champs['url-formation']).toEqual({ urlweb: ['https://a.example'] });
  });

  it('removes a field, an item and a row', () => {
    const path = '/champs/domaine-formation/code-ROME';
    expect(getAtPath(setAtPath(base, `${path}/0`, undefined), path)).toEqual([]);
    expect(setAtPath(base, ACTION, undefined).actions).toEqual([]);
    expect('intitule-formation' in setAtPath(base, TITLE, undefined).champs).toBe(false);
  });

  it('names the same field in every row', () => {
    expect(fieldOf(`${ACTION}/sessions/${sessionId(3)}/champs/periode/debut`)).toBe(
      'actions/sessions/champs/periode/debut',
    );
    expect(joinPath('/', 'a', 0)).toBe('/a/0');
  });
});

describe('the difference between two versions', () => {
  it('is empty for the same content in another order of keys', () => {
    const turned = { ...base, champs: Object.fromEntries(Object.entries(base.champs).reverse()) };
    expect(diffDocuments(base, turned)).toEqual([]);
  });

  it('names added, removed, changed and moved rows', () => {
    const later = setAtPath(withSessions(5, 2, 3, 4), PRIX, '10');
    expect(
      diffDocuments(withSessions(1, 2, 3, 5), later).map(({ path, kind }) => [kind, path.replace(ACTION, '')]),
    ).toEqual([
      ['changed', '/champs/prix-total-TTC'],
      ['removed', `/sessions/${sessionId(1)}`],
      ['moved', `/sessions/${sessionId(5)}`],
      ['added', `/sessions/${sessionId(4)}`],
    ]);
  });

  it('shows a first and a last row as one added and one removed', () => {
    const none = withSessions();
    expect(diffDocuments(none, base)).toHaveLength(1);
    expect(diffDocuments(base, none)[0]?.kind).toBe('removed');
  });

  it('aligns repeated elements by content', () => {
    const codes = (...values: string[]) => setAtPath(base, '/champs/domaine-formation/code-ROME', values);
    expect(diffDocuments(codes('A1101', 'H2207'), codes('H2207', 'A1101')).map(({ kind }) => kind)).toEqual(['moved']);
    expect(diffDocuments(codes('A1101', 'H2207'), codes('H2207'))).toEqual([
      { path: '/champs/domaine-formation/code-ROME/0', kind: 'removed', before: 'A1101' },
    ]);
    expect(diffDocuments(codes('A1101', 'H2207'), codes('A1101', 'H2208'))).toEqual([
      { path: '/champs/domaine-formation/code-ROME/1', kind: 'changed', before: 'H2207', after: 'H2208' },
    ]);
  });

  it('shows a text whose attribute changed as one field', () => {
    const path = `${ACTION}/champs/code-public-vise/0`;
    expect(diffDocuments(base, setAtPath(base, `${path}/@/ref`, 'V10')).map((one) => one.path)).toEqual([path]);
  });

  it.each([
    [withSessions(1, 2, 3, 4), base, '3 sessions retirées', '3 sessions removed'],
    [
      base,
      setAtPath(withSessions(1, 2, 3, 4), PRIX, '1'),
      '3 sessions ajoutées, prix modifié',
      '3 sessions added, price changed',
    ],
    [
      base,
      { ...base, actions: [...base.actions, anAction({ id: actionId(2) })] },
      '1 action ajoutée',
      '1 action added',
    ],
    [base, setAtPath(base, '/champs/certifiante', '0'), '1 champ modifié', '1 field changed'],
    [base, base, 'rien n’a changé', 'nothing changed'],
  ])('is told in a few words (%#)', (before, after, fr, en) => {
    const differences = diffDocuments(before, after);
    expect([summarize(differences, 'fr'), summarize(differences, 'en')]).toEqual([fr, en]);
  });

  it('never takes more than ten words', () => {
    let after = { ...withSessions(5, 6), actions: [...withSessions(5, 6).actions, anAction({ id: actionId(2) })] };
    for (const path of [PRIX, TITLE, '/champs/contenu-formation', '/champs/certifiante'])
      after = setAtPath(after, path, 'x');
    const words = summarize(diffDocuments(base, after), 'fr');
    expect(words.split(' ').length).toBeLessThanOrEqual(10);
    expect(words.endsWith('…')).toBe(true);
  });
});

describe('a three-way merge', () => {
  const ours = setAtPath(base, TITLE, 'CAP ébéniste en alternance');

  it('keeps what only one side changed', () => {
    const { merged, conflicts } = mergeDocuments(base, ours, setAtPath(withSessions(1, 2), PRIX, '1'));
    expect(conflicts).toEqual([]);
    expect([getAtPath(merged, TITLE), getAtPath(merged, PRIX)]).toEqual(['CAP ébéniste en alternance', '1']);
    expect(merged.actions[0]?.sessions.map(({ id }) => id)).toEqual([sessionId(1), sessionId(2)]);
  });

  it('shows a field both sides changed, and keeps ours', () => {
    const { merged, conflicts } = mergeDocuments(base, ours, setAtPath(base, TITLE, 'CAP ébénisterie'));
    expect(conflicts).toEqual([
      { path: TITLE, base: 'CAP ébéniste', ours: 'CAP ébéniste en alternance', theirs: 'CAP ébénisterie' },
    ]);
    expect(merged).toEqual(ours);
  });

  it('shows a row that one side removed and the other changed', () => {
    const path = `${ACTION}/sessions/${sessionId(1)}`;
    const changed = setAtPath(base, `${path}/champs/etat-recrutement`, '2');
    expect(mergeDocuments(base, changed, withSessions()).conflicts.map((one) => one.path)).toEqual([path]);
    expect(mergeDocuments(base, withSessions(), base).merged.actions[0]?.sessions).toEqual([]);
  });

  it('keeps rows that each side added', () => {
    const { merged } = mergeDocuments(base, withSessions(1, 2), withSessions(3, 1));
    expect(merged.actions[0]?.sessions.map(({ id }) => id)).toEqual([3, 1, 2].map(sessionId));
  });

  it('gives back either side when the other changed nothing', () => {
    const texts = fc.record({ title: fc.string(), prix: fc.string({ minLength: 1 }) });
    fc.assert(
      fc.property(texts, ({ title, prix }) => {
        const side = setAtPath(setAtPath(base, TITLE, title), PRIX, prix);
        expect(mergeDocuments(base, side, base)).toEqual({ merged: side, conflicts: [] });
        expect(mergeDocuments(base, base, side)).toEqual({ merged: side, conflicts: [] });
      }),
    );
  });
});
