import type { ActionDocument, FormationDocument, SessionDocument } from '../documents.ts';
import type { ParisDay } from '../ids.ts';
import { toLheoDate } from '../lheo-dates.ts';
import type { Bilingual } from '../words.ts';

/** What an OF may say of a session, by one click. */
export const ANSWERS = ['valable', 'complete', 'annulee', 'dates', 'places'] as const;
export type AnswerKind = (typeof ANSWERS)[number];

export const ANSWER_LABELS: Readonly<Record<AnswerKind, Bilingual>> = {
  valable: { fr: 'Toujours valable', en: 'Still valid' },
  complete: { fr: 'Complète', en: 'Full' },
  annulee: { fr: 'Annulée', en: 'Cancelled' },
  dates: { fr: 'Nouvelles dates', en: 'New dates' },
  places: { fr: 'Places restantes', en: 'Places left' },
};

/** An answer about one session; all but `valable` change the entry. */
export type Answer =
  | { readonly session: string; readonly kind: 'valable' | 'complete' | 'annulee' }
  | { readonly session: string; readonly kind: 'dates'; readonly debut: ParisDay; readonly fin: ParisDay }
  | { readonly session: string; readonly kind: 'places'; readonly places: number };

/** LHÉO 2.3 has places on a recruitment only; 0 of its dictionary says that nothing else is known of it. */
const RECRUITMENT = { 'modalite-recrutement': '0' } as const;

function answered(session: SessionDocument, answer: Answer): SessionDocument {
  const { champs } = session;
  switch (answer.kind) {
    case 'complete':
      return { ...session, champs: { ...champs, 'etat-recrutement': '2' } };
    case 'dates': {
      const periode = { ...champs.periode, debut: toLheoDate(answer.debut), fin: toLheoDate(answer.fin) };
      return { ...session, champs: { ...champs, periode } };
    }
    case 'places': {
      const [first = RECRUITMENT, ...others] = champs.recrutement ?? [];
      return {
        ...session,
        champs: { ...champs, recrutement: [{ ...first, 'nb-places': String(answer.places) }, ...others] },
      };
    }
    default:
      return session;
  }
}

function actionWith(action: ActionDocument, answers: ReadonlyMap<string, Answer>): ActionDocument {
  const sessions = action.sessions.flatMap((session) => {
    const answer = answers.get(session.id);
    if (answer?.kind === 'annulee') return [];
    return [answer === undefined ? session : answered(session, answer)];
  });
  return { ...action, sessions };
}

/** The formation as the answers make it; null when every session is cancelled. */
export function withAnswers(document: FormationDocument, given: readonly Answer[]): FormationDocument | null {
  const answers = new Map(given.map((answer) => [answer.session, answer]));
  const actions = document.actions
    .map((action) => actionWith(action, answers))
    .filter(({ sessions }) => sessions.length > 0);
  return actions.length === 0 ? null : { ...document, actions };
}
