import { actionId, anAction, aSession, sessionId } from '../builders.ts';
import { type ActionDocument, type SessionDocument, texteOf } from '../documents.ts';
import { canonicalJson } from '../json.ts';
import { earliestDay } from '../lheo-dates.ts';
import { actionsOf, textOf } from './fields.ts';
import { ofFormation, REMARK, type Rule } from './rule.ts';
import { ACTION } from './samples.ts';

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

/** True when EDOF takes two actions for one (30056, 30057). */
export function areAlike(a: ActionDocument, b: ActionDocument): boolean {
  return likeness(a) === likeness(b) && areNear(hoursOf(a), hoursOf(b));
}

function areNear(a: number | undefined, b: number | undefined): boolean {
  return a === undefined || b === undefined ? a === b : Math.abs(a - b) < NEAR_HOURS;
}

const SECOND = `/actions/${actionId(2)}`;
const second = anAction({ id: actionId(2) });

const TWIN = `${ACTION}/sessions/${sessionId(2)}`;
const twin = aSession({ id: sessionId(2) });

/** Same days, same place of enrolment, both dates known. */
export function twinKey({ champs }: SessionDocument): string | undefined {
  const [debut, fin] = [textOf(champs.periode?.debut), textOf(champs.periode?.fin)];
  if (earliestDay(debut) === undefined || earliestDay(fin) === undefined) return undefined;
  return canonicalJson([debut, fin, champs['adresse-inscription'], champs['contact-session']]);
}

export const RESSEMBLANCES_RULES: readonly Rule[] = [
  {
    id: 'sessions-identiques',
    on: ['formation'],
    sentence: {
      fr: 'Deux sessions d’une action diffèrent par les dates ou l’adresse (refus EDOF 10133).',
      en: 'Two sessions of an action differ by dates or address (EDOF refusal 10133).',
    },
    severity: REMARK,
    needs: [],
    check: ofFormation(function* (formation) {
      for (const { action, path } of actionsOf(formation)) {
        const seen = new Set<string>();
        for (const session of action.sessions) {
          const key = twinKey(session);
          if (key !== undefined && seen.has(key)) yield { path: `${path}/sessions/${session.id}` };
          seen.add(key ?? '');
        }
      }
    }),
    message: () => ({
      fr: 'Cette session a les mêmes dates qu’une autre.',
      en: 'This session has the same dates as another.',
    }),
    mend: { fr: 'Gardez une seule des deux sessions.', en: 'Keep one of the two sessions.' },
    mendBy: 'of',
    examples: {
      pass: [
        {},
        { [TWIN]: twin, [`${TWIN}/champs/periode/debut`]: '20270124' },
        { [TWIN]: twin, [`${TWIN}/champs/adresse-inscription/adresse/ville`]: 'Angers' },
      ],
      fail: [{ edits: { [TWIN]: twin }, at: [TWIN] }],
    },
  },
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
