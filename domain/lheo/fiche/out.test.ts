import { fc, test } from '@fast-check/jest';
import { afterAll, describe, expect, it } from '@jest/globals';
import {
  actionId,
  aDispositif,
  aFormation,
  anAction,
  anOrganisme,
  aSession,
  dispositifId,
  ficheId,
  sessionId,
  siteId,
} from '../../model/builders.ts';
import { addDays } from '../../model/calendar.ts';
import { CONTACT_PRIVE } from '../../model/contacts.ts';
import type { Dispositif, FormationDocument, OrganismeDocument } from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { toLheoDate } from '../../model/lheo-dates.ts';
import { createSchema } from '../schema.ts';
import { type Days, type FormationInputs, formationOut, organismesShown } from './out.ts';
import { asDocument, writeFormationOut, writeOrganismeOut } from './out-bytes.ts';
import { shownOn } from './out-shown.ts';

const DAY = '2026-11-24' as ParisDay;
const schema = createSchema('2.3');
afterAll(() => schema[Symbol.dispose]());

const CREEE = '2026-01-02' as ParisDay;

function inputsOf(document: FormationDocument, given: Partial<FormationInputs> = {}, day = DAY): FormationInputs {
  const levels = [document, ...document.actions, ...document.actions.flatMap((action) => action.sessions)];
  return {
    document,
    shown: new Set(shownOn(document, day).ids),
    organismes: new Map([[document.organisme, anOrganisme()]]),
    days: new Map(levels.map(({ id }): [string, Days] => [id, { maj: DAY, creee: CREEE }])),
    cpf: new Map(),
    ...given,
  };
}

function xmlOf(inputs: FormationInputs): string {
  const written = writeFormationOut(inputs);
  if (written.kind === 'refused') throw new Error(`${written.path}: ${written.message}`);
  return written.xml;
}

/** A session that ends `days` after DAY, funded by `codes`. */
const session = (k: number, days: number, ...dispositifs: Dispositif[]) => {
  const periode = { debut: '20261101', fin: toLheoDate(addDays(DAY, days)) };
  return aSession({ id: sessionId(k), numero: `S${k}`, champs: { ...aSession().champs, periode }, dispositifs });
};
const funding = (k: number, codeFinanceur: string, given: Partial<Dispositif> = {}) =>
  aDispositif({ id: dispositifId(k), codeFinanceur, ...given });
const withSessions = (...sessions: ReturnType<typeof session>[]) =>
  aFormation({ numero: '21_7', actions: [anAction({ numero: '21_8', sessions })] });
const codesOf = (document: FormationDocument) =>
  formationOut(inputsOf(document)).action[0]?.['organisme-financeur']?.map((one) => one['code-financeur']);

describe('a formation by hand', () => {
  it('is valid LHÉO 2.3 with the accepted organisme as responsable and formateur', () => {
    const xml = xmlOf(inputsOf(withSessions(session(1, 30))));
    expect(schema.validate(asDocument(xml))).toEqual([]);
    expect(xml).toContain('<organisme-formateur>');
    expect(xml).toMatch(/^<formation numero="21_7" datemaj="20261124" datecrea="20260102">/);
    expect(xml).toMatch(/\n<\/formation>\n$/);
  });

  it('names its site as the place', () => {
    const { 'lieu-de-formation': _place, ...champs } = anAction().champs;
    const action = anAction({ champs, site: siteId(1), sessions: [session(1, 30)] });
    const inputs = inputsOf(aFormation({ actions: [action] }));
    expect(formationOut(inputs).action[0]?.['lieu-de-formation']).toEqual([
      { coordonnees: anOrganisme().sites[0]?.coordonnees },
    ]);
  });

  it('publishes no contact that is not public: the address of the organisme stands there without a name', () => {
    const contacts = (anOrganisme().champs['contact-organisme'] ?? []).map((one) => ({
      ...one,
      '@': { tag: CONTACT_PRIVE },
    }));
    const organisme = anOrganisme({ champs: { ...anOrganisme().champs, 'contact-organisme': contacts } });
    const formation = aFormation({ champs: { ...aFormation().champs, 'contact-formation': contacts } });
    const xml = xmlOf(inputsOf(formation, { organismes: new Map([[organisme.id, organisme]]) }));
    expect(schema.validate(asDocument(xml))).toEqual([]);
    expect(xml).toContain('<contact-formation><coordonnees><adresse>');
    expect(xml).not.toContain(CONTACT_PRIVE);
  });

  it('of a school without NDA goes out with 99999999999', () => {
    const champs = {
      ...anOrganisme().champs,
      'numero-activite': '',
      'code-UAI-organisme-formation': { 'code-UAI': '0440001A' },
    };
    const school: OrganismeDocument = anOrganisme({ champs });
    expect(xmlOf(inputsOf(aFormation(), { organismes: new Map([[school.id, school]]) }))).toContain(
      '<numero-activite>99999999999</numero-activite>',
    );
  });
});

describe('a formation of a flow', () => {
  const copy = { ...anOrganisme().champs, 'nom-organisme': 'Nom du flux' };
  const received = aFormation({
    numero: '07_10',
    champs: {
      ...aFormation().champs,
      '@': { datecrea: '20010503', datemaj: '20171213', 'horodatage-export': '2026-11-24T04:00:00', tag: 'x' },
      'organisme-formation-responsable': copy,
    },
    actions: [anAction({ sessions: [session(1, 30)] })],
  });

  it('keeps its own copy of the organisme, its attributes and day of creation, but not its days of change and export', () => {
    const xml = xmlOf(inputsOf(received));
    expect(xml).toContain('<nom-organisme>Nom du flux</nom-organisme>');
    expect(xml).toMatch(/^<formation numero="07_10" tag="x" datemaj="20261124" datecrea="20010503">/);
    expect(xml).not.toContain('<organisme-formateur>');
    expect(organismesShown(received, new Set(shownOn(received, DAY).ids))).toEqual([]);
  });

  it('keeps to itself a contact of the organisme that the flow tells to keep', () => {
    const [contact] = copy['contact-organisme'] ?? [];
    const secret = { ...contact, '@': { tag: CONTACT_PRIVE } };
    const champs = {
      ...received.champs,
      'organisme-formation-responsable': { ...copy, 'contact-organisme': [secret] },
    };
    const document = { ...received, champs } as typeof received;
    const xml = xmlOf(inputsOf(document));
    expect(schema.validate(asDocument(xml))).toEqual([]);
    expect(xml).toContain('<contact-organisme><coordonnees><adresse>');
    expect(xml).not.toContain(CONTACT_PRIVE);
    expect(organismesShown(document, new Set(shownOn(document, DAY).ids))).toEqual([document.organisme]);
  });

  it('never sends out the eligibility that it came with, but that of the marking', () => {
    const champs = {
      ...aSession().champs,
      extras: [{ '@': { info: 'eligibilite-cpf', numero: '130805' }, contenu: [] }],
    };
    const document = withSessions({ ...session(1, 30), champs });
    const mark = { code: 'RNCP37535', source: 'France compétences', debut: '2026-01-01', fin: '2027-12-31' };
    const xml = xmlOf(inputsOf(document, { cpf: new Map([[sessionId(1), mark]]) }));
    expect(xml).not.toContain('130805');
    expect(xml).toContain(
      '<extras numero="RNCP37535" info="eligibilite-cpf"><extra info="source">France compétences</extra><extra info="debut-validite">20260101</extra><extra info="fin-validite">20271231</extra></extras>',
    );
  });
});

describe('the funders of an action', () => {
  it('are those of its sessions by code: most sessions first, then input order, then code', () => {
    const formation = withSessions(
      session(1, 30, funding(1, '10'), funding(2, '5')),
      session(2, 30, funding(3, '2'), funding(4, '5')),
      session(3, 30, funding(5, '0')),
    );
    expect(codesOf(formation)).toEqual(['5', '0', '10', '2']);
  });

  it('are at most eight', () => {
    const codes = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
    expect(codesOf(withSessions(session(1, 30, ...codes.map((code, k) => funding(k, code)))))).toEqual(
      codes.slice(0, 8),
    );
  });

  it('of an entry for the action give their places and extras once, and each session its exact list', () => {
    const recu = {
      'code-financeur': '2',
      'nb-places-financees': '12',
      extras: [
        {
          '@': { info: 'specificites' },
          contenu: [{ extra: { '#': 'Parcours', '@': { info: 'programme-financeur' } } }],
        },
      ],
    };
    const ofAction = (k: number) =>
      funding(k, '2', { origine: 'action', recu, publics: [{ code: '83056', ref: 'V14' }] });
    const xml = xmlOf(inputsOf(withSessions(session(1, 30, ofAction(1)), session(2, 30, ofAction(2)))));
    expect(xml.match(/<nb-places-financees>12</g)).toHaveLength(1);
    expect(xml.match(/programme-financeur/g)).toHaveLength(1);
    expect(xml.match(/<extras info="dispositifs-session">/g)).toHaveLength(2);
    expect(xml).toContain(
      `<extras numero="${dispositifId(2)}" info="dispositif"><extra info="code-financeur">2</extra><extra info="code-public-vise" ref="V14">83056</extra><extra info="nb-places">12</extra><extra info="origine">action</extra></extras>`,
    );
  });

  it('lose the one whose validity ended', () => {
    const formation = withSessions(session(1, 30, funding(1, '2', { finValidite: '2026-11-23' }), funding(2, '5')));
    expect(codesOf(formation)).toEqual(['5']);
  });
});

describe('what is shown', () => {
  const two = aFormation({
    actions: [
      anAction({ id: actionId(1), sessions: [session(1, 0), session(2, 10)] }),
      anAction({ id: actionId(2), sessions: [session(3, 5)] }),
    ],
  });
  const shownAfter = (days: number) => shownOn(two, addDays(DAY, days));

  it.each([
    [0, [1, 2, 3], 1],
    [1, [2, 3], 6],
    [6, [2], 11],
    [11, [], null],
  ] as const)('after %i days is sessions %j and changes next after %s days', (days, ids, next) => {
    const ends = [0, 10, 5];
    expect(shownAfter(days)).toEqual({
      ids: ids.map(sessionId),
      fins: Object.fromEntries(ids.map((id) => [sessionId(id), addDays(DAY, ends[id - 1] ?? 0)])),
      prochainChangement: next === null ? null : addDays(DAY, next),
    });
  });

  it('lasts through the last day of a month known by its month only, and for ever without an end', () => {
    const until = (fin: string) => {
      const champs = { ...aSession().champs, periode: { debut: '00000000', fin } };
      return shownOn(aFormation({ actions: [anAction({ sessions: [aSession({ champs, dispositifs: [] })] })] }), DAY);
    };
    expect(until('20261100').prochainChangement).toBe('2026-12-01');
    expect(until('99999999')).toEqual({
      ids: [sessionId(1)],
      fins: { [sessionId(1)]: null },
      prochainChangement: null,
    });
  });

  it('loses an action with its last session', () => {
    expect(formationOut(inputsOf(two, {}, addDays(DAY, 6))).action).toHaveLength(1);
  });

  const plans = fc.array(fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 4 }), {
    minLength: 1,
    maxLength: 4,
  });
  test.prop([plans, fc.integer({ min: -25, max: 25 })])(
    'stays the same until its next change, is valid and its bytes are one',
    (plan, offset) => {
      const formation = aFormation({
        id: ficheId(9),
        actions: plan.map((ends, a) =>
          anAction({
            id: actionId(a),
            sessions: ends.map((end, s) => session(a * 10 + s, end, funding(a * 10 + s, '2'))),
          }),
        ),
      });
      const day = addDays(DAY, offset);
      const { ids, prochainChangement } = shownOn(formation, day);
      if (prochainChangement !== null) {
        expect(shownOn(formation, addDays(prochainChangement, -1)).ids).toEqual(ids);
        expect(shownOn(formation, prochainChangement).ids).not.toEqual(ids);
      }
      if (ids.length === 0) return;
      const xml = xmlOf(inputsOf(formation, {}, day));
      expect(schema.validate(asDocument(xml))).toEqual([]);
      expect(xmlOf(inputsOf(structuredClone(formation), {}, day))).toBe(xml);
    },
  );
});

describe('an organisme', () => {
  it('is a valid line of an index', () => {
    const written = writeOrganismeOut(anOrganisme(), DAY);
    if (written.kind === 'refused') throw new Error(written.message);
    expect(schema.validate(asDocument(written.xml))).toEqual([]);
    expect(written.xml).toContain('datemaj="20261124"');
  });
});
