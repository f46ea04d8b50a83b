import { actionId, anAction } from '../builders.ts';
import { type ActionDocument, texteOf } from '../documents.ts';
import { canonicalJson } from '../json.ts';
import { actionsOf, textOf } from './fields.ts';
import { ofFormation, REMARK, type Rule } from './rule.ts';

const NEAR_HOURS = 10;

/** What makes two actions one for EDOF, hours apart. */
function likeness({ champs, site }: ActionDocument): string {
  const lieux = (champs['lieu-de-formation'] ?? []).map((lieu) => {
    const adresse = lieu?.coordonnees?.adresse;
    return [...(adresse?.ligne ?? []), adresse?.codepostal, adresse?.ville].map((part) =>
      texteOf(part).trim().toLowerCase(),
    );
  });
  return canonicalJson([
    textOf(champs['modalites-enseignement']),
    site ?? lieux,
    (champs['langue-formation'] ?? []).map((langue) => textOf(langue).toUpperCase()),
    (champs['code-modalite-pedagogique'] ?? []).map(textOf),
    textOf(champs['modalites-pedagogiques']),
    Number(textOf(champs['prix-total-TTC']).replace(',', '.')),
  ]);
}

function hoursOf({ champs }: ActionDocument): number | undefined {
  const text = textOf(champs['nombre-heures-total']);
  return /^\d+$/.test(text) ? Number(text) : undefined;
}

function areNear(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Math.abs(a - b) < NEAR_HOURS;
}

const SECOND = `/actions/${actionId(2)}`;
const second = anAction({ id: actionId(2) });

export const RESSEMBLANCES_RULES: readonly Rule[] = [
  {
    id: 'actions-ressemblantes',
    on: ['formation'],
    sentence: {
      fr: 'Deux actions diffèrent par la modalité, le lieu, la langue, la pédagogie, le prix ou 10 heures (refus EDOF 30056, 30057).',
      en: 'Two actions differ by mode, place, language, pedagogy, price or 10 hours (EDOF refusals 30056, 30057).',
    },
    severity: REMARK,
    needs: [],
    check: ofFormation(function* (formation) {
      const seen = new Map<string, (number | undefined)[]>();
      for (const { action, path } of actionsOf(formation)) {
        const key = likeness(action);
        const hours = hoursOf(action);
        const before = seen.get(key) ?? [];
        if (before.some((other) => areNear(other, hours))) yield { path };
        seen.set(key, [...before, hours]);
      }
    }),
    message: () => ({
      fr: 'Cette action ressemble à une autre de la formation.',
      en: 'This action looks like another of the formation.',
    }),
    mend: { fr: 'Réunissez leurs sessions dans une seule action.', en: 'Put their sessions together in one action.' },
    mendBy: 'of',
    examples: {
      pass: [
        {},
        { [SECOND]: second, [`${SECOND}/champs/prix-total-TTC`]: '4100.00' },
        { [SECOND]: second, [`${SECOND}/champs/nombre-heures-total`]: '430' },
        { [SECOND]: second, [`${SECOND}/champs/modalites-enseignement`]: '1' },
      ],
      fail: [
        { edits: { [SECOND]: second }, at: [SECOND] },
        { edits: { [SECOND]: second, [`${SECOND}/champs/nombre-heures-total`]: '429' }, at: [SECOND] },
        { edits: { [SECOND]: second, [`${SECOND}/champs/prix-total-TTC`]: '4200' }, at: [SECOND] },
      ],
    },
  },
];
