import { z } from 'zod';
import { MAIL_KINDS, MAIL_MODES, MAIL_STATES, RETOUR_KINDS } from '../model/mail.ts';
import { LANGS } from '../model/words.ts';
import { bilingual, instant, uuid } from './common.ts';

const recipient = z.object({ id: uuid.nullable(), nom: z.string().nullable(), adresse: z.string() });

export const courriel = z.object({
  id: uuid,
  kind: z.enum(MAIL_KINDS),
  mode: z.enum(MAIL_MODES),
  state: z.enum(MAIL_STATES),
  a: recipient,
  soumission: uuid.nullable(),
  titre: z.string().nullable(),
  createdAt: instant,
  pasAvant: instant,
  sentAt: instant.nullable(),
  essais: z.int(),
  /** Times that a sender died with it in hand: it may have left each time. */
  reprises: z.int(),
  /** What the server answered, or why it was not sent. */
  code: z.string().nullable(),
});
export type CourrielDto = z.infer<typeof courriel>;

/** A mail as its reader would get it, its links leading nowhere. */
export const apercu = z.object({ sujet: z.string(), html: z.string(), texte: z.string(), langue: z.enum(LANGS) });

export const retour = z.object({
  id: uuid,
  kind: z.enum(RETOUR_KINDS),
  code: z.string(),
  fois: z.int(),
  a: recipient,
  at: instant,
  traite: z.boolean(),
});
export type RetourDto = z.infer<typeof retour>;

export const retourBody = z.strictObject({ renvoyer: z.boolean().optional() });

/** What a mail provider tells of a mail that it took: its Message-ID with the brackets, and a code without words. */
export const retourTold = z.strictObject({
  messageId: z.string().regex(/^<[^<>\s]{3,190}>$/),
  kind: z.enum(['rejet', 'plainte']),
  code: z.string().regex(/^[\w. -]{1,60}$/),
});

export const courrielFigures = z.object({
  parEtat: z.record(z.string(), z.int()),
  derniereHeure: z.int(),
});

export const preference = z.object({
  kind: z.enum(MAIL_KINDS),
  libelle: bilingual,
  mode: z.enum(MAIL_MODES),
  /** What may be chosen. */
  modes: z.array(z.enum(MAIL_MODES)),
});
export type PreferenceDto = z.infer<typeof preference>;
export const preferencesBody = z.strictObject({
  preferences: z
    .array(z.strictObject({ kind: z.enum(MAIL_KINDS), mode: z.enum(MAIL_MODES) }))
    .min(1)
    .max(MAIL_KINDS.length),
});
