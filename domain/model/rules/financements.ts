import { dictEntries } from '../../grammar/dictionaries.ts';
import { aDispositif, dispositifId } from '../builders.ts';
import { parseDay, toParisDay } from '../calendar.ts';
import type { Dispositif, FormationDocument } from '../documents.ts';
import { latestDay } from '../lheo-dates.ts';
import { actionsOf, sessionsOf, textOf } from './fields.ts';
import { ALWAYS, BUT_FLOWS, ofFormation, REMARK, type Rule, says } from './rule.ts';
import { DISPOSITIF, SESSION } from './samples.ts';

const OPCO = '16';
/** Other, company, learner: a known exporter adds the OPCO beside them by itself. */
const BESIDE_OPCO = ['0', '5', '10'];
const FINANCEURS: ReadonlySet<string> = new Set(dictEntries('financeurs').map(({ code }) => code));

function dispositifsOf(formation: FormationDocument): { dispositif: Dispositif; path: string }[] {
  return sessionsOf(formation).flatMap(({ session, path }) =>
    session.dispositifs.map((dispositif) => ({ dispositif, path: `${path}/dispositifs/${dispositif.id}` })),
  );
}

const both = (second: string) => ({
  [`${SESSION}/dispositifs`]: [
    aDispositif({ codeFinanceur: OPCO }),
    aDispositif({ id: dispositifId(2), codeFinanceur: second }),
  ],
});

export const FINANCEMENTS_RULES: readonly Rule[] = [
  {
    id: 'financeur-connu',
    on: ['formation'],
    sentence: { fr: 'Le code d’un financeur est dans le dictionnaire.', en: 'A funder’s code is in the dictionary.' },
    severity: ALWAYS,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { dispositif, path } of dispositifsOf(formation)) {
        const code = dispositif.codeFinanceur;
        if (!FINANCEURS.has(code)) yield { path: `${path}/codeFinanceur`, values: { code } };
      }
    }),
    message: ({ code }) => ({
      fr: `Le financeur « ${code} » n’existe pas.`,
      en: `The funder “${code}” does not exist.`,
    }),
    mend: { fr: 'Choisissez un financeur de la liste.', en: 'Choose a funder of the list.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${SESSION}/dispositifs`]: [] }],
      fail: [{ edits: { [`${DISPOSITIF}/codeFinanceur`]: '99' }, at: [`${DISPOSITIF}/codeFinanceur`] }],
    },
  },
  {
    id: 'dispositif-validite',
    on: ['formation'],
    sentence: {
      fr: 'La validité d’un dispositif est faite de jours réels, dans l’ordre.',
      en: 'A dispositif’s validity is made of real days, in order.',
    },
    severity: BUT_FLOWS,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { dispositif, path } of dispositifsOf(formation)) {
        const { debutValidite: debut, finValidite: fin } = dispositif;
        for (const [champ, day] of [
          ['debutValidite', debut],
          ['finValidite', fin],
        ] as const) {
          if (day !== undefined && parseDay(day) === undefined)
            yield { path: `${path}/${champ}`, values: { jour: day } };
        }
        if (debut && fin && parseDay(debut) && parseDay(fin) && debut > fin)
          yield { path: `${path}/finValidite`, values: { jour: fin } };
      }
    }),
    message: ({ jour }) => ({
      fr: `La validité ne peut pas être bornée par « ${jour} ».`,
      en: `The validity cannot be bounded by “${jour}”.`,
    }),
    mend: { fr: 'Corrigez le début ou la fin de validité.', en: 'Mend the start or the end of validity.' },
    mendBy: 'of',
    examples: {
      pass: [{ [`${DISPOSITIF}/debutValidite`]: '2027-01-01', [`${DISPOSITIF}/finValidite`]: '2027-12-31' }],
      fail: [
        { edits: { [`${DISPOSITIF}/finValidite`]: '2027-02-30' }, at: [`${DISPOSITIF}/finValidite`] },
        {
          edits: { [`${DISPOSITIF}/debutValidite`]: '2027-06-01', [`${DISPOSITIF}/finValidite`]: '2027-01-01' },
          at: [`${DISPOSITIF}/finValidite`],
        },
      ],
    },
  },
  {
    id: 'dispositif-utile',
    on: ['formation'],
    sentence: { fr: 'Un dispositif est valable pendant sa session.', en: 'A dispositif is valid during its session.' },
    severity: REMARK,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { session, path } of sessionsOf(formation)) {
        const sessionEnd = latestDay(textOf(session.champs.periode?.fin));
        const sessionStart = latestDay(textOf(session.champs.periode?.debut));
        for (const { id, debutValidite, finValidite } of session.dispositifs) {
          const from = toParisDay(debutValidite ?? '');
          const to = toParisDay(finValidite ?? '');
          const tooLate = from !== undefined && sessionEnd !== undefined && from > sessionEnd;
          const tooSoon = to !== undefined && sessionStart !== undefined && to < sessionStart;
          if (tooLate || tooSoon) yield { path: `${path}/dispositifs/${id}` };
        }
      }
    }),
    message: says(
      'Ce dispositif n’est pas valable aux dates de la session.',
      'This dispositif is not valid on the session’s dates.',
    ),
    mend: { fr: 'Retirez le dispositif, ou corrigez sa validité.', en: 'Remove the dispositif, or mend its validity.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${DISPOSITIF}/finValidite`]: '2027-02-01' }],
      fail: [
        { edits: { [`${DISPOSITIF}/finValidite`]: '2026-12-31' }, at: [DISPOSITIF] },
        { edits: { [`${DISPOSITIF}/debutValidite`]: '2028-01-01' }, at: [DISPOSITIF] },
      ],
    },
  },
  {
    id: 'opco-ajoute',
    on: ['formation'],
    sentence: {
      fr: 'L’OPCO n’est pas ajouté d’office à côté d’« autre », « entreprise » ou « bénéficiaire ».',
      en: 'The OPCO is not added by itself beside “other”, “company” or “learner”.',
    },
    severity: REMARK,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        for (const { id, dispositifs } of action.sessions) {
          const opco = dispositifs.find(({ codeFinanceur }) => codeFinanceur === OPCO);
          const beside = dispositifs.find(({ codeFinanceur }) => BESIDE_OPCO.includes(codeFinanceur));
          if (opco && beside)
            yield {
              path: `${path}/sessions/${id}/dispositifs/${opco.id}/codeFinanceur`,
              values: { code: beside.codeFinanceur },
            };
        }
      }
    }),
    message: ({ code }) => ({
      fr: `L’OPCO (16) est à côté du financeur ${code} : est-ce voulu ?`,
      en: `The OPCO (16) is beside funder ${code}: is it meant?`,
    }),
    mend: {
      fr: 'Retirez l’OPCO s’il ne finance pas cette session.',
      en: 'Remove the OPCO if it does not fund this session.',
    },
    mendBy: 'moderateur',
    examples: {
      pass: [{}, both('2')],
      fail: ['0', '5', '10'].map((code) => ({ edits: both(code), at: [`${DISPOSITIF}/codeFinanceur`] })),
    },
  },
];
