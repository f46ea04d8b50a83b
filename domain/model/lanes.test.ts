import { describe, expect, it } from '@jest/globals';
import { aFormation, anAction, aSession } from './builders.ts';
import { diffDocuments } from './diff.ts';
import type { FormationDocument } from './documents.ts';
import { DEFAULT_LANES, isAudited, isClean, lanesOf, lanesWith } from './lanes.ts';
import { getAtPath, setAtPath } from './paths.ts';

const before = aFormation();
const [action] = before.actions;
const actionPath = `/actions/${action?.id}`;
const periode = `${actionPath}/sessions/${action?.sessions[0]?.id}/champs/periode`;

function lanesFor(...changes: readonly (readonly [path: string, value: unknown])[]): string[] {
  let after: FormationDocument = before;
  for (const [path, value] of changes) after = setAtPath(after, path, value);
  return lanesOf(diffDocuments(before, after), DEFAULT_LANES).map(({ id }) => id);
}

const ville = `${actionPath}/champs/lieu-de-formation/0/coordonnees/adresse/ville`;
const web = ['/champs/url-formation', { urlweb: ['https://autre.example'] }] as const;
const intitule = ['/champs/intitule-formation', 'CAP charpentier'] as const;

describe('the lanes', () => {
  it.each([
    ['a place', [[ville, 'Rezé']], ['lieux']],
    ['a start 30 days later', [[`${periode}/debut`, '20270222']], ['dates']],
    ['a start 31 days later', [[`${periode}/debut`, '20270223']], []],
    ['a start 30 days earlier', [[`${periode}/debut`, '20261224']], ['dates']],
    ['a start that becomes unknown', [[`${periode}/debut`, '00000000']], []],
    ['a contact', [['/champs/contact-formation/0/coordonnees/courriel', 'autre@organisme.example']], ['contact']],
    ['a web address', [web], ['web']],
    ['a place and a web address', [[ville, 'Rezé'], web], ['lieux', 'web']],
    ['a title', [intitule], []],
    ['a title beside a place', [[ville, 'Rezé'], intitule], []],
    ['nothing', [], []],
  ] as const)('take %s', (_, changes, expected) => {
    expect(getAtPath(before, `${periode}/debut`)).toBe('20270123');
    expect(lanesFor(...changes)).toEqual(expected);
  });

  const withSessions = (...counts: readonly number[]): FormationDocument => ({
    ...before,
    actions: counts.map((count, n) =>
      anAction({
        id: `a${n}` as never,
        sessions: Array.from({ length: count }, (_, m) => aSession({ id: `s${n}-${m}` as never })),
      }),
    ),
  });
  const leaving = (from: FormationDocument, to: FormationDocument) =>
    lanesOf(diffDocuments(from, to), DEFAULT_LANES).map(({ id }) => id);

  it.each([
    ['a session', [2], [1], ['annulation']],
    ['ten sessions', [11], [1], ['annulation']],
    ['eleven sessions', [12], [1], []],
    ['an action with its session', [1, 1], [1], ['annulation']],
    ['an action with more sessions than may leave', [1, 11], [1], []],
    ['sessions of two actions that are too many together', [7, 6], [1, 1], []],
    ['a session that is added', [1], [2], []],
  ] as const)('take out %s', (_, from, to, expected) => {
    expect(leaving(withSessions(...from), withSessions(...to))).toEqual(expected);
  });

  it('take a session out beside another change of a lane, and leave both to people beside a change of none', () => {
    const left = withSessions(1);
    expect(leaving(withSessions(2), setAtPath(left, ...web))).toEqual(['web', 'annulation']);
    expect(leaving(withSessions(2), setAtPath(left, ...intitule))).toEqual([]);
  });

  it('that are switched off take nothing', () => {
    const off = lanesWith(DEFAULT_LANES.map((lane) => ({ ...lane, actif: lane.id !== 'web' })));
    expect(lanesOf(diffDocuments(before, setAtPath(before, ...web)), off)).toEqual([]);
  });

  it.each([
    [10, 0, true],
    [9, 0, false],
    [40, 1, false],
  ])('after %i approvals and %i refusals find a record clean: %s', (approbations, refus, clean) => {
    expect(DEFAULT_LANES.map((lane) => isClean(lane, { approbations, refus }))).toEqual(DEFAULT_LANES.map(() => clean));
  });

  it('audit the share that was set', () => {
    const [lane] = DEFAULT_LANES;
    if (lane === undefined) throw new Error('no lane');
    const drawn = Array.from({ length: 1_000 }, (_, n) => n / 1_000);
    const share = (auditPourcent: number) => drawn.filter((n) => isAudited({ ...lane, auditPourcent }, n)).length;
    expect([0, 10, 100].map(share)).toEqual([0, 100, 1_000]);
  });
});
