import type { LheoElement } from '../../domain/grammar/types.ts';
import { texteOf } from '../../domain/model/documents.ts';
import { lheoDate } from './generator/identifiers.ts';

type Formation = LheoElement<'formation'>;
type Session = LheoElement<'session'>;

/** Sessions that began and still say that they recruit: nobody confirmed them (design §8). */
const UNCONFIRMED = 3;

function withSession(formation: Formation, change: (session: Session) => Session): Formation {
  const [action, ...actions] = formation.action;
  const [session, ...sessions] = action?.session ?? [];
  if (action === undefined || session === undefined) return formation;
  return { ...formation, action: [{ ...action, session: [change(session), ...sessions] }, ...actions] };
}

/** The formation with a first session that began some days ago and is still said to recruit. */
function unconfirmed(formation: Formation, todayDays: number, rank: number): Formation {
  return withSession(formation, (session) => ({
    ...session,
    periode: { ...session.periode, debut: lheoDate(todayDays - 20 - rank * 15), fin: lheoDate(todayDays + 90) },
    'etat-recrutement': '1',
  }));
}

/** What the second release says of a formation of the first: some moved on, three have a session that nobody confirmed. */
export function secondState(formation: Formation, index: number, todayDays: number): Formation {
  if (index < UNCONFIRMED) return unconfirmed(formation, todayDays, index);
  if (index % 19 !== 7) return formation;
  return withSession(formation, (session) => ({ ...session, 'etat-recrutement': '2' }));
}

/** The same course as another system describes it: under its own numeros, and a title that differs by a word. */
export function lookAlike(formation: Formation, rank: number): Formation {
  const numero = (level: number, k: number) => `07_${level * 1_000_000 + 900_000 + rank * 100 + k}`;
  let sessions = 0;
  return {
    ...formation,
    '@': { ...formation['@'], numero: numero(0, 0) },
    'intitule-formation': `${texteOf(formation['intitule-formation'])}${rank === 0 ? '' : ', session locale'}`,
    action: formation.action.map((action, k) => ({
      ...action,
      '@': { ...action['@'], numero: numero(2, k) },
      session: action.session.map((session) => ({
        ...session,
        '@': { ...session['@'], numero: numero(20, sessions++) },
      })),
    })),
  };
}
