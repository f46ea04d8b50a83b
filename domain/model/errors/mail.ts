import type { ErrorEntry } from './entry.ts';

/** Refusals about mail. */
export const MAIL_ERRORS = {
  'courriel-sans-objet': {
    status: 409,
    title: { fr: 'Ce que disait ce courriel n’existe plus', en: 'What this mail told is gone' },
    mend: { fr: 'Il ne partira pas : rien à faire.', en: 'It will not leave: nothing to do.' },
  },
  'courriel-parti': {
    status: 409,
    title: { fr: 'Ce courriel ne se renvoie pas', en: 'This mail cannot be sent again' },
    mend: {
      fr: 'Seul un courriel abandonné, ou dont le départ est incertain, peut l’être.',
      en: 'Only one that was given up, or of which nobody knows whether it left, can be.',
    },
  },
  'rapport-illisible': {
    status: 422,
    title: {
      fr: 'Ce courriel n’est ni un avis de retour ni une plainte',
      en: 'This mail is neither a bounce nor a complaint',
    },
    mend: {
      fr: 'Envoyez un avis entier (RFC 3464 ou RFC 5965) ; laissez les autres courriels.',
      en: 'Send a whole report (RFC 3464 or RFC 5965); leave other mails.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
