import { fc, test } from '@fast-check/jest';
import { describe, expect, it } from '@jest/globals';
import type { LheoElement } from '../../grammar/types.ts';
import {
  actionId,
  aFormation,
  anAction,
  anOrganisme,
  aSession,
  dispositifId,
  ficheId,
  sessionId,
} from '../../model/builders.ts';
import type { Dispositif } from '../../model/documents.ts';
import { canonicalReceived } from '../../model/hash.ts';
import { arbitraryElements } from '../testing/arbitrary.ts';
import { fromLheo } from './in.ts';
import { formationOut } from './out.ts';
import type { LheoFormation, LheoSession, NewIds } from './received.ts';

function countingIds(): NewIds {
  let n = 0;
  const next = () => {
    n += 1;
    return n;
  };
  return {
    fiche: () => ficheId(next()),
    action: () => actionId(next()),
    session: () => sessionId(next()),
    dispositif: () => dispositifId(next()),
  };
}

const FINANCEUR = {
  '@': { tag: 'principal' },
  'code-financeur': '10',
  'nb-places-financees': '4',
  extras: [
    {
      '@': { info: 'specificites' },
      contenu: [{ extra: { '#': '83056', '@': { info: 'code-public-vise', ref: 'V12' } } }],
    },
  ],
} as const;

function formationWith(
  session: LheoSession,
  financeurs: readonly LheoElement<'organisme-financeur'>[] = [],
): LheoFormation {
  return {
    '@': { numero: '07_1' },
    action: [{ '@': { numero: '07_2' }, session: [session], 'organisme-financeur': financeurs }],
  };
}

function sessionOf(formation: LheoFormation) {
  const [action] = fromLheo(formation, countingIds()).formation.actions;
  const [session] = action?.sessions ?? [];
  if (session === undefined) throw new Error('Cannot find the session');
  return session;
}

describe('a formation received in LHÉO', () => {
  it('gives its numero to the fiche and keeps its other attributes', () => {
    const { formation } = fromLheo({ '@': { numero: '07_10', datecrea: '20010503', file: 'a.xml' } }, countingIds());
    expect(formation.numero).toBe('07_10');
    expect(formation.champs['@']).toEqual({ datecrea: '20010503', file: 'a.xml' });
  });

  it('spreads the funders of an action over its sessions and keeps all that was received of them', () => {
    const { dispositifs } = sessionOf(formationWith({}, [FINANCEUR, { 'code-financeur': '5' }]));
    expect(dispositifs).toMatchObject([
      {
        codeFinanceur: '10',
        nbPlaces: 4,
        publics: [{ code: '83056', ref: 'V12' }],
        origine: 'action',
        recu: FINANCEUR,
      },
      { codeFinanceur: '5', publics: [], origine: 'action' },
    ]);
  });

  it('keeps what the source says of the CPF apart and leaves the other extras in their order', () => {
    const extras = ['session-perimee', 'eligibilite-cpf', 'autre'].map((info) => ({ '@': { info }, contenu: [] }));
    const session = sessionOf(formationWith({ extras }));
    expect(session.champs.extras).toEqual([extras[0], extras[2]]);
    expect(session.recu?.eligibiliteCpf).toEqual([extras[1]]);
  });

  it('reads back the exact dispositifs that a feed of SOFI lists, not the union of its action', () => {
    const texte = (info: string, text: string) => ({ extra: { '#': text, '@': { info } } });
    const list = {
      '@': { info: 'dispositifs-session' },
      contenu: [
        {
          extras: {
            '@': { info: 'dispositif', numero: dispositifId(9) },
            contenu: [
              texte('code-financeur', '2'),
              { extra: { '#': '80001', '@': { info: 'code-public-vise', ref: 'V14' } } },
              texte('debut-validite', '20270101'),
              texte('fin-validite', '2027-12-31'),
              texte('nb-places', '8'),
              texte('lieu', 'Nantes'),
              texte('origine', 'session'),
            ],
          },
        },
        {
          extras: { '@': { info: 'dispositif' }, contenu: [texte('code-financeur', '10'), texte('origine', 'action')] },
        },
      ],
    } as const;
    const session = sessionOf(formationWith({ extras: [list] }, [FINANCEUR, { 'code-financeur': '2' }]));
    expect(session.champs.extras).toBeUndefined();
    expect(session.dispositifs).toMatchObject([
      {
        codeFinanceur: '2',
        publics: [{ code: '80001', ref: 'V14' }],
        debutValidite: '2027-01-01',
        finValidite: '2027-12-31',
        nbPlaces: 8,
        lieu: 'Nantes',
        origine: 'session',
      },
      { codeFinanceur: '10', origine: 'action', recu: FINANCEUR },
    ]);
    expect(session.dispositifs[0]?.recu).toBeUndefined();
  });

  it('hears how fresh a feed of SOFI says a session is, beside the fiche', () => {
    const mark = {
      '@': { info: 'fraicheur' },
      contenu: [
        { extra: { '#': '20261120', '@': { info: 'confirmee-le' } } },
        { extra: { '#': '1', '@': { info: 'a-confirmer' } } },
      ],
    } as const;
    const { formation, fraicheur } = fromLheo(formationWith({ extras: [mark] }), countingIds());
    const session = formation.actions[0]?.sessions[0];
    expect(fraicheur).toEqual([{ session: session?.id, confirmeeLe: '2026-11-20', aConfirmer: true }]);
    expect(session?.champs.extras).toBeUndefined();
  });

  it('drops the dates of an export at any level', () => {
    const dated = {
      '@': { info: 'flux' },
      contenu: [{ extra: { '#': '20261124', '@': { info: 'date-export' } } }],
    } as const;
    const { formation } = fromLheo({ '@': { numero: '1' }, extras: [dated] }, countingIds());
    expect(formation.champs).toEqual({});
  });

  it('has no organisme when the file names none', () => {
    expect(fromLheo({ '@': { numero: '1' } }, countingIds()).organisme).toBeUndefined();
  });
});

describe('any formation of LHÉO 2.3', () => {
  const { formation: anyFormation } = arbitraryElements('2.3');
  const formations = (anyFormation ?? fc.constant({})) as fc.Arbitrary<LheoFormation>;

  test.prop([formations], { numRuns: 60 })('keeps every action, session and funder', (element) => {
    const { formation } = fromLheo(element, countingIds());
    expect(formation.actions).toHaveLength(element.action?.length ?? 0);
    formation.actions.forEach((action, index) => {
      const source = element.action?.[index];
      expect(action.sessions).toHaveLength(source?.session?.length ?? 0);
      for (const session of action.sessions) {
        expect(session.dispositifs.map(({ recu }) => recu)).toEqual(source?.['organisme-financeur'] ?? []);
      }
    });
  });

  test.prop([formations], { numRuns: 60 })('is the same as received whatever ids it is given', (element) => {
    const ids = countingIds();
    fromLheo(element, ids);
    expect(canonicalReceived(fromLheo(element, ids).formation)).toBe(
      canonicalReceived(fromLheo(element, countingIds()).formation),
    );
  });
});

describe('a feed of SOFI read back', () => {
  const funding = fc
    .record({
      codeFinanceur: fc.constantFrom('0', '2', '5', '10'),
      publics: fc.array(fc.record({ code: fc.constantFrom('80001', '83056'), ref: fc.constant('V14') }), {
        maxLength: 2,
      }),
      debutValidite: fc.constantFrom('2027-01-01', '2026-12-31'),
      nbPlaces: fc.integer({ min: 0, max: 99_999 }),
      lieu: fc.constantFrom('Nantes', 'Le Mans & environs'),
    })
    .map((given) => ({ ...given, origine: 'session' as const }));
  const fundings = fc.array(funding, { maxLength: 4 });

  test.prop([fundings, fundings], { numRuns: 40 })('gives each session its own dispositifs again', (first, second) => {
    const sessions = [first, second].map((dispositifs, k) =>
      aSession({
        id: sessionId(k + 1),
        numero: `S${k}`,
        dispositifs: dispositifs.map((one, n) => ({ ...one, id: dispositifId(100 * k + n) })),
      }),
    );
    const document = aFormation({ numero: '21_1', actions: [anAction({ numero: '21_2', sessions })] });
    const shown = new Set([
      ...sessions.map(({ id }) => id),
      ...sessions.flatMap(({ dispositifs }) => dispositifs.map(({ id }) => id)),
    ]);
    const organismes = new Map([[document.organisme, anOrganisme()]]);
    const out = formationOut({ document, shown, organismes, days: new Map(), cpf: new Map() });
    const back = fromLheo(out, countingIds()).formation.actions[0]?.sessions ?? [];
    const withoutId = (one: Dispositif) => ({ ...one, id: undefined });
    expect(back.map(({ dispositifs }) => dispositifs.map(withoutId))).toEqual(
      sessions.map(({ dispositifs }) => dispositifs.map(withoutId)),
    );
  });
});
