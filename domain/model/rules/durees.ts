import { actionsOf, textOf } from './fields.ts';
import { ofFormation, REMARK, type Rule, WHILE_TYPING } from './rule.ts';
import { ACTION } from './samples.ts';

const CHAMPS = `${ACTION}/champs`;
/** Longer than a doctor's studies, dearer than any training seen in the flows. */
const MAX_HOURS = 6000;
const MAX_PRICE = 100_000;
const MAX_HOURLY = 500;

function integer(content: unknown): number | undefined {
  const text = textOf(content);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

/** A price as LHÉO writes it, comma or point; NaN for another text, undefined for none. */
function price(content: unknown): number | undefined {
  const text = textOf(content);
  if (text === '') return undefined;
  return /^\d+([.,]\d{1,2})?$/.test(text) ? Number(text.replace(',', '.')) : Number.NaN;
}

export const DUREES_RULES: readonly Rule[] = [
  {
    id: 'heures-coherentes',
    on: ['formation'],
    sentence: {
      fr: 'Le total d’heures est la somme du centre et de l’entreprise.',
      en: 'Total hours are the sum of centre and company.',
    },
    severity: WHILE_TYPING,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        const total = integer(action.champs['nombre-heures-total']);
        const centre = integer(action.champs['nombre-heures-centre']);
        const entreprise = integer(action.champs['nombre-heures-entreprise']);
        if (total === undefined || (centre === undefined && entreprise === undefined)) continue;
        const somme = (centre ?? 0) + (entreprise ?? 0);
        const whole = centre !== undefined && entreprise !== undefined;
        if (whole ? somme !== total : somme > total)
          yield { path: `${path}/champs/nombre-heures-total`, values: { total, somme } };
      }
    }),
    message: ({ total, somme }) => ({
      fr: `Le total dit ${total} h, la somme fait ${somme} h.`,
      en: `The total says ${total} h, the sum is ${somme} h.`,
    }),
    mend: { fr: 'Corrigez une des trois durées.', en: 'Mend one of the three durations.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${CHAMPS}/nombre-heures-centre`]: undefined }, { [`${CHAMPS}/nombre-heures-total`]: undefined }],
      fail: [
        { edits: { [`${CHAMPS}/nombre-heures-total`]: '421' }, at: [`${CHAMPS}/nombre-heures-total`] },
        {
          edits: { [`${CHAMPS}/nombre-heures-entreprise`]: undefined, [`${CHAMPS}/nombre-heures-total`]: '300' },
          at: [`${CHAMPS}/nombre-heures-total`],
        },
      ],
    },
  },
  {
    id: 'heures-plausibles',
    on: ['formation'],
    sentence: { fr: 'Une action dure de 1 à 6 000 heures.', en: 'An action lasts from 1 to 6,000 hours.' },
    severity: REMARK,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        const heures = integer(action.champs['nombre-heures-total']);
        if (heures !== undefined && (heures < 1 || heures > MAX_HOURS))
          yield { path: `${path}/champs/nombre-heures-total`, values: { heures } };
      }
    }),
    message: ({ heures }) => ({ fr: `${heures} heures : est-ce juste ?`, en: `${heures} hours: is it right?` }),
    mend: { fr: 'Vérifiez la durée totale, en heures.', en: 'Check the total duration, in hours.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${CHAMPS}/nombre-heures-total`]: '6000' }],
      fail: ['0', '60000'].map((heures) => ({
        edits: { [`${CHAMPS}/nombre-heures-total`]: heures },
        at: [`${CHAMPS}/nombre-heures-total`],
      })),
    },
  },
  {
    id: 'prix-plausible',
    on: ['formation'],
    sentence: {
      fr: 'Un prix est un montant en euros, dans des bornes plausibles.',
      en: 'A price is an amount in euros, within plausible bounds.',
    },
    severity: WHILE_TYPING,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        const asked = [
          ['prix-total-TTC', MAX_PRICE],
          ['prix-horaire-TTC', MAX_HOURLY],
        ] as const;
        for (const [champ, max] of asked) {
          const euros = price(action.champs[champ]);
          if (euros !== undefined && !(euros <= max))
            yield { path: `${path}/champs/${champ}`, values: { prix: textOf(action.champs[champ]) } };
        }
      }
    }),
    message: ({ prix }) => ({
      fr: `« ${prix} » n’est pas un prix plausible.`,
      en: `“${prix}” is not a plausible price.`,
    }),
    mend: {
      fr: 'Écrivez le montant TTC en euros, comme 1250.00.',
      en: 'Write the amount in euros, taxes included, like 1250.00.',
    },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${CHAMPS}/prix-total-TTC`]: '0' }, { [`${CHAMPS}/prix-total-TTC`]: '1250,5' }],
      fail: [
        ...['1 250 €', 'gratuit', '-1', '1000000'].map((prix) => ({
          edits: { [`${CHAMPS}/prix-total-TTC`]: prix },
          at: [`${CHAMPS}/prix-total-TTC`],
        })),
        { edits: { [`${CHAMPS}/prix-horaire-TTC`]: '1200' }, at: [`${CHAMPS}/prix-horaire-TTC`] },
      ],
    },
  },
  {
    id: 'prix-coherent',
    on: ['formation'],
    sentence: {
      fr: 'Le prix total suit le prix horaire et les heures.',
      en: 'The total price follows the hourly price and the hours.',
    },
    severity: REMARK,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        const total = price(action.champs['prix-total-TTC']);
        const horaire = price(action.champs['prix-horaire-TTC']);
        const heures = integer(action.champs['nombre-heures-centre']) ?? integer(action.champs['nombre-heures-total']);
        const toutes = integer(action.champs['nombre-heures-total']) ?? heures;
        if (!total || !horaire || !heures || toutes === undefined) continue;
        const low = horaire * Math.min(heures, toutes) * 0.8;
        const high = horaire * Math.max(heures, toutes) * 1.2;
        if (total < low || total > high)
          yield { path: `${path}/champs/prix-total-TTC`, values: { total, horaire, heures } };
      }
    }),
    message: ({ total, horaire, heures }) => ({
      fr: `${heures} h à ${horaire} € ne font pas ${total} €.`,
      en: `${heures} h at €${horaire} do not make €${total}.`,
    }),
    mend: { fr: 'Vérifiez le prix horaire et le prix total.', en: 'Check the hourly and the total price.' },
    mendBy: 'of',
    examples: {
      pass: [{}, { [`${CHAMPS}/prix-horaire-TTC`]: '12.00' }, { [`${CHAMPS}/prix-horaire-TTC`]: '10.00' }],
      fail: [{ edits: { [`${CHAMPS}/prix-horaire-TTC`]: '50.00' }, at: [`${CHAMPS}/prix-total-TTC`] }],
    },
  },
];
