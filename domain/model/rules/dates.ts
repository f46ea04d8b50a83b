import { isLeaf } from '../json.ts';
import { earliestDay, latestDay, parseLheoDate } from '../lheo-dates.ts';
import { elementsNamed, elementsOf, sessionsOf, textOf } from './fields.ts';
import { BUT_FLOWS, ofFormation, type Rule } from './rule.ts';
import { SESSION } from './samples.ts';

const PERIODE = `${SESSION}/champs/periode`;

export const DATES_RULES: readonly Rule[] = [
  {
    id: 'date-reelle',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Une date existe au calendrier.', en: 'A date exists in the calendar.' },
    severity: BUT_FLOWS,
    needs: [],
    *check(fiche) {
      for (const { path, row, content } of elementsOf(fiche)) {
        const date = row.kind === 'date' && isLeaf(content) ? textOf(content) : '';
        if (/^\d{8}$/.test(date) && parseLheoDate(date).kind === 'invalid') yield { path, values: { date } };
      }
    },
    message: ({ date }) => ({ fr: `Le ${date} n’existe pas.`, en: `${date} does not exist.` }),
    mend: { fr: 'Choisissez un jour du calendrier.', en: 'Choose a day of the calendar.' },
    mendBy: 'of',
    examples: {
      pass: [
        {},
        { [`${PERIODE}/debut`]: '00000000', [`${PERIODE}/fin`]: '99999999' },
        { [`${PERIODE}/debut`]: '20270200' },
      ],
      fail: ['20261399', '20270230', '20270431', '20271300'].map((date) => ({
        edits: { [`${PERIODE}/fin`]: date },
        at: [`${PERIODE}/fin`],
      })),
    },
  },
  {
    id: 'periode-ordonnee',
    on: ['formation', 'organisme'],
    sentence: { fr: 'Une période commence avant de finir.', en: 'A period begins before it ends.' },
    severity: BUT_FLOWS,
    needs: [],
    *check(fiche) {
      for (const { path, content } of elementsNamed(fiche, 'periode')) {
        const debut = earliestDay(textOf(content?.debut));
        const fin = latestDay(textOf(content?.fin));
        if (debut !== undefined && fin !== undefined && debut > fin)
          yield { path: `${path}/fin`, values: { debut, fin } };
      }
    },
    message: ({ debut, fin }) => ({
      fr: `La fin (${fin}) précède le début (${debut}).`,
      en: `The end (${fin}) precedes the start (${debut}).`,
    }),
    mend: { fr: 'Corrigez le début ou la fin.', en: 'Mend the start or the end.' },
    mendBy: 'of',
    examples: {
      pass: [
        { [`${PERIODE}/debut`]: '20270123', [`${PERIODE}/fin`]: '20270123' },
        { [`${PERIODE}/debut`]: '20270100', [`${PERIODE}/fin`]: '20270115' },
      ],
      fail: [
        { edits: { [`${PERIODE}/fin`]: '20270101' }, at: [`${PERIODE}/fin`] },
        {
          edits: { [`${SESSION}/champs/periode-inscription/periode`]: { debut: '20270601', fin: '20270501' } },
          at: [`${SESSION}/champs/periode-inscription/periode/fin`],
        },
      ],
    },
  },
  {
    id: 'session-passee',
    on: ['formation'],
    sentence: { fr: 'Une session déposée n’est pas déjà finie.', en: 'A session is not over when it is deposited.' },
    severity: BUT_FLOWS,
    needs: [],
    check: ofFormation(function* (formation, { today, moment }) {
      if (moment === 'publication') return;
      for (const { session, path } of sessionsOf(formation)) {
        const fin = latestDay(textOf(session.champs.periode?.fin));
        if (fin !== undefined && fin < today) yield { path: `${path}/champs/periode/fin`, values: { fin } };
      }
    }),
    message: ({ fin }) => ({ fr: `Cette session a fini le ${fin}.`, en: `This session ended on ${fin}.` }),
    mend: {
      fr: 'Retirez la session, ou donnez ses nouvelles dates.',
      en: 'Remove the session, or give its new dates.',
    },
    mendBy: 'of',
    examples: {
      pass: [
        { [`${PERIODE}/debut`]: '20260901', [`${PERIODE}/fin`]: '20261124' },
        { [`${PERIODE}/debut`]: '20260901', [`${PERIODE}/fin`]: '99999999' },
        { [`${PERIODE}/debut`]: '20260901', [`${PERIODE}/fin`]: '20261100' },
      ],
      fail: [{ edits: { [`${PERIODE}/debut`]: '20260901', [`${PERIODE}/fin`]: '20261123' }, at: [`${PERIODE}/fin`] }],
    },
  },
];
