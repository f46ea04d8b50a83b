import type { Bilingual } from '../../../domain/model/words.ts';

/** What the page of a freshness mail says. */
export const WORDS = {
  title: { fr: 'Vos sessions sont-elles à jour ?', en: 'Are your sessions up to date?' },
  lead: {
    fr: 'Un clic suffit. Ce qui n’est pas confirmé est marqué « à confirmer », puis retiré de la publication.',
    en: 'One click is enough. What is not confirmed is marked “to confirm”, then taken out of publication.',
  },
  leadEnded: {
    fr: 'Ces sessions sont terminées et ont quitté les flux d’elles-mêmes. Donnez les prochaines dates, ou dites que la session a été annulée.',
    en: 'These sessions have ended and left the feeds by themselves. Give the next dates, or say that the session was cancelled.',
  },
  all: { fr: 'Toutes sont toujours valables', en: 'All are still valid' },
  each: { fr: 'Ou répondez session par session', en: 'Or answer session by session' },
  send: { fr: 'Envoyer ces réponses', en: 'Send these answers' },
  nothing: { fr: 'Sans réponse', en: 'No answer' },
  answer: { fr: 'Réponse', en: 'Answer' },
  from: { fr: 'Du', en: 'From' },
  to: { fr: 'au', en: 'to' },
  places: { fr: 'Places restantes', en: 'Places left' },
  more: { fr: 'Dates ou places', en: 'Dates or places' },
  moreEnded: { fr: 'Nouvelles dates', en: 'New dates' },
  done: { fr: 'C’est noté.', en: 'Noted.' },
  already: { fr: 'Déjà répondu', en: 'Answered already' },
  elsewhere: { fr: 'déjà dit par ailleurs', en: 'already said elsewhere' },
  archived: {
    fr: 'archivée : à saisir de nouveau dans votre espace',
    en: 'archived: to be entered again in your space',
  },
  review: {
    fr: 'Un changement simple est accepté aussitôt ; les autres attendent la décision du Cariforef.',
    en: 'A simple change is accepted at once; others wait for the decision of the Cariforef.',
  },
  empty: {
    fr: 'Plus rien à confirmer ici : ces sessions ont quitté l’offre, ou ne dépendent plus de vous.',
    en: 'Nothing left to confirm here: these sessions left the offer, or are no longer yours.',
  },
  badDates: { fr: 'Dates incomplètes : rien n’a été changé pour', en: 'Incomplete dates: nothing was changed for' },
  badPlaces: {
    fr: 'Nombre de places illisible : rien n’a été changé pour',
    en: 'Unreadable number of places: nothing was changed for',
  },
  ended: { fr: 'terminée', en: 'ended' },
  notSaid: {
    fr: 'Session terminée, à redater ou à annuler : rien n’a été changé pour',
    en: 'Session ended, to be given new dates or cancelled: nothing was changed for',
  },
  unanswered: { fr: 'Choisissez au moins une réponse.', en: 'Choose at least one answer.' },
  stale: {
    fr: 'Cette page était ouverte depuis trop longtemps : recommencez.',
    en: 'This page had been open for too long: try again.',
  },
  expired: { fr: 'Ce lien a expiré', en: 'This link has expired' },
  again: { fr: 'M’en envoyer un nouveau', en: 'Send me a new one' },
  sent: {
    fr: 'Un nouveau courriel part à la même adresse. Cherchez-le d’ici quelques minutes.',
    en: 'A new mail leaves for the same address. Look for it in a few minutes.',
  },
  page: { fr: 'Page', en: 'Page' },
  undated: { fr: 'entrées permanentes', en: 'permanent entry' },
} as const satisfies Readonly<Record<string, Bilingual>>;
