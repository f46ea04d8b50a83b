import type { FreshnessMailStage } from '../../domain/model/mail.ts';
import type { FactsOf, MailSession } from '../../domain/model/mail-facts.ts';
import type { Bilingual, Lang } from '../../domain/model/words.ts';
import type { Block, Content, Telling } from '../content.ts';
import { text } from '../content.ts';
import { listOf } from './release.ts';

type Heading = FreshnessMailStage | 'terminee';

const HEADINGS: Readonly<Record<Heading, Bilingual>> = {
  retiree: {
    fr: 'Retirées de la publication (vous pouvez les rétablir)',
    en: 'Taken out of publication (you may restore them)',
  },
  marquee: { fr: 'Affichées « à confirmer » au public', en: 'Shown to the public as “to be confirmed”' },
  rappel2: { fr: 'Second rappel', en: 'Second reminder' },
  rappel1: { fr: 'À confirmer : rappel', en: 'To confirm: reminder' },
  aConfirmer: { fr: 'Bientôt à confirmer', en: 'To confirm soon' },
  terminee: { fr: 'Terminées : donnez les prochaines dates', en: 'Ended: give the next dates' },
};

/** A LHÉO date as people write it; unknown starts and ends are left out. */
function dateOf(lheo: string): string | null {
  if (!/^\d{8}$/.test(lheo) || lheo === '00000000' || lheo === '99999999') return null;
  const [year, month, day] = [lheo.slice(0, 4), lheo.slice(4, 6), lheo.slice(6)];
  return day === '00' ? `${month}/${year}` : `${day}/${month}/${year}`;
}

function periodOf({ debut, fin, lieu }: MailSession, langue: Lang): string {
  const [from, to] = [dateOf(debut), dateOf(fin)];
  const open: Bilingual = { fr: 'entrée permanente', en: 'permanent entry' };
  const period =
    from !== null && to !== null
      ? langue === 'fr'
        ? `du ${from} au ${to}`
        : `${from} to ${to}`
      : (from ?? to ?? open[langue]);
  return lieu === null ? period : `${period} · ${lieu}`;
}

function groups({ sessions }: FactsOf<'fraicheur'>, langue: Lang): Block[] {
  const byHeading = Map.groupBy(sessions, ({ stage, terminee }): Heading => (terminee ? 'terminee' : stage));
  return (Object.keys(HEADINGS) as Heading[]).flatMap((heading): Block[] => {
    const own = byHeading.get(heading) ?? [];
    if (own.length === 0) return [];
    const items = own.map((session) => ({ text: session.titre, note: periodOf(session, langue) }));
    return [{ kind: 'heading', text: HEADINGS[heading][langue] }, ...listOf(items, own.length, langue)];
  });
}

/** What is said when all of them have ended. */
const OVER = {
  fr: (total: number) =>
    `${total === 1 ? 'Une session est terminée et a quitté' : `${total} sessions sont terminées et ont quitté`} les flux. Donnez les prochaines dates, ou dites que la session n’a pas eu lieu. Sans mot de passe.`,
  en: (total: number) =>
    `${total === 1 ? 'One session has ended and left' : `${total} sessions have ended and left`} the feeds. Give the next dates, or say that it did not take place. Without a password.`,
};

/** The day's digest of sessions that grow stale; its act opens the page that answers for all of them by one click. */
export function freshness(facts: FactsOf<'fraicheur'>, { langue }: Telling): Content {
  const { total, organismes } = facts;
  const told = facts.sessions.length;
  const names = organismes.join(', ');
  const over = facts.sessions.every(({ terminee }) => terminee);
  const fr = over
    ? OVER.fr(total)
    : `${total === 1 ? 'Une session attend' : `${total} sessions attendent`} un mot de vous : toujours valable, complète, annulée, ou à d’autres dates. Sans mot de passe, pour toutes à la fois ou une par une.`;
  const en = over
    ? OVER.en(total)
    : `${total === 1 ? 'One session waits' : `${total} sessions wait`} for a word from you: still valid, full, cancelled, or on other dates. Without a password, for all at once or one by one.`;
  const more = total - told;
  const rest = langue === 'fr' ? `… et ${more} de plus sur la page.` : `… and ${more} more on the page.`;
  return {
    subject:
      langue === 'fr'
        ? `${total === 1 ? '1 session' : `${total} sessions`} ${over ? (total === 1 ? 'terminée' : 'terminées') : 'à confirmer'}`
        : `${total === 1 ? '1 session' : `${total} sessions`} ${over ? 'ended' : 'to confirm'}`,
    title: langue === 'fr' ? 'Vos sessions sont-elles à jour ?' : 'Are your sessions up to date?',
    blocks: [text(langue === 'fr' ? fr : en), ...groups(facts, langue), ...(more > 0 ? [text(rest)] : [])],
    act: { label: langue === 'fr' ? 'Répondre en un clic' : 'Answer by one click', path: '/of/' },
    reason:
      langue === 'fr'
        ? `Vous recevez ce courriel parce que vous êtes le contact de ces sessions, ou saisissez l’offre de ${names}.`
        : `You receive this mail because you are the contact of these sessions, or enter the offer of ${names}.`,
  };
}
