import type { Bilingual } from './words.ts';

/** What a mail is about; `recapitulatif` gathers several in one, `essai` is a test send. */
export const MAIL_KINDS = [
  'recu',
  'corrections',
  'rappel',
  'decision',
  'annulation',
  'abandon',
  'publie',
  'horsRelease',
  'retrait',
  'message',
  'escalade',
  'fraicheur',
  'recapitulatif',
  'essai',
] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** When a person is told: as it happens, once a day with the rest, or not at all. */
export const MAIL_MODES = ['immediat', 'quotidien', 'aucun'] as const;
export type MailMode = (typeof MAIL_MODES)[number];

/**
 * Where a mail stands. `groupe`: another mail tells it. `incertain`: the server closed after the content, sent or not;
 * it is never sent again by itself. `abandonne`: given up, a moderator has a task.
 */
export const MAIL_STATES = ['attente', 'enCours', 'envoye', 'incertain', 'groupe', 'annule', 'abandonne'] as const;
export type MailState = (typeof MAIL_STATES)[number];

/** What a link in a mail opens at `/m/{token}`. */
export const MAIL_LINKS = ['desabonnement', 'fraicheur'] as const;
export type MailLink = (typeof MAIL_LINKS)[number];

export const RETOUR_KINDS = ['rejet', 'plainte', 'epuise'] as const;
export type RetourKind = (typeof RETOUR_KINDS)[number];

export interface MailKindFacts {
  readonly libelle: Bilingual;
  readonly audience: 'of' | 'cariforef' | 'tous';
  /** For who set nothing. */
  readonly mode: MailMode;
  /** Whether a person may stop it: a decision about their own entry has to reach them. */
  readonly mayStop: boolean;
  /** One mail per person tells all of the same key: what comes later is added to it while it waits. */
  readonly adds: boolean;
  /** Kept back on quiet days. */
  readonly calm: boolean;
  /** Shown among a person's preferences. */
  readonly chosen: boolean;
}

const kind = (
  audience: MailKindFacts['audience'],
  mode: MailMode,
  libelle: Bilingual,
  rest: Partial<MailKindFacts> = {},
): MailKindFacts => ({
  libelle,
  audience,
  mode,
  mayStop: false,
  adds: false,
  calm: false,
  chosen: true,
  ...rest,
});

/** The kinds as data: the outbox, the sender, the preferences and the screens read this one table. */
export const MAILS: Readonly<Record<MailKind, MailKindFacts>> = {
  recu: kind('of', 'quotidien', { fr: 'Saisie reçue', en: 'Entry received' }, { mayStop: true }),
  corrections: kind('of', 'immediat', { fr: 'Corrections demandées', en: 'Corrections asked for' }),
  rappel: kind(
    'of',
    'immediat',
    { fr: 'Rappel de corrections attendues', en: 'Reminder of corrections due' },
    { calm: true, mayStop: true },
  ),
  decision: kind('of', 'immediat', { fr: 'Décision', en: 'Decision' }),
  annulation: kind('of', 'immediat', { fr: 'Décision reprise', en: 'Decision taken back' }),
  abandon: kind('of', 'immediat', { fr: 'Saisie close sans réponse', en: 'Entry closed without an answer' }),
  publie: kind('of', 'quotidien', { fr: 'Publication', en: 'Publication' }, { adds: true, mayStop: true }),
  horsRelease: kind('of', 'immediat', { fr: 'Non publié', en: 'Kept out of publication' }, { adds: true }),
  retrait: kind('of', 'immediat', { fr: 'Retiré de l’offre', en: 'Taken out of the offer' }),
  message: kind('of', 'immediat', { fr: 'Message du Cariforef', en: 'Message from the Cariforef' }),
  escalade: kind('cariforef', 'immediat', { fr: 'Promesse bientôt due', en: 'Promise coming due' }, { mayStop: true }),
  fraicheur: kind(
    'of',
    'quotidien',
    { fr: 'Sessions à confirmer', en: 'Sessions to confirm' },
    { adds: true, calm: true, mayStop: true },
  ),
  recapitulatif: kind('tous', 'immediat', { fr: 'Récapitulatif', en: 'Digest' }, { chosen: false }),
  essai: kind('cariforef', 'immediat', { fr: 'Essai', en: 'Test' }, { chosen: false }),
};

/** The stage of a session, as an item `{ session, stage }` of a freshness mail's payload tells it; the rest is read when it is sent. */
export const FRESHNESS_MAIL_STAGES = ['aConfirmer', 'rappel1', 'rappel2', 'marquee', 'retiree'] as const;
export type FreshnessMailStage = (typeof FRESHNESS_MAIL_STAGES)[number];

/** How long the mail of a decision waits for its undo, in ms (design §4). */
export const UNDO_WAIT_MS = 10 * 60_000;
/** How long a link of a freshness mail answers, in ms. */
export const LINK_LIFE_MS = 30 * 24 * 3_600_000;
