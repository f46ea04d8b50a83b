import { z } from 'zod';
import { ANSWERS } from '../model/fraicheur/answers.ts';
import { FRESHNESS_CAUSES } from '../model/fraicheur/causes.ts';
import { FRESHNESS_STAGES } from '../model/fraicheur/stages.ts';
import { ANSWER_WAYS } from '../model/fraicheur/ways.ts';
import { day, instant, uuid } from './common.ts';

const organisme = z.object({ id: uuid, nom: z.string() });

/** A session that waits for a word, on the board and in the OF's space; LHÉO dates are `AAAAMMJJ`. */
export const sessionFraicheur = z.object({
  id: uuid,
  numero: z.string(),
  formation: uuid,
  intitule: z.string(),
  organisme,
  debut: z.string(),
  fin: z.string(),
  commune: z.string().nullable(),
  stade: z.enum(FRESHNESS_STAGES),
  stadeLe: day.nullable(),
  cause: z.enum(FRESHNESS_CAUSES).nullable(),
  jourD: day.nullable(),
  confirmeeLe: day.nullable(),
});
export type SessionFraicheur = z.infer<typeof sessionFraicheur>;

export const appel = z.object({
  id: uuid,
  nom: z.string(),
  telephone: z.string().nullable(),
  courriel: z.string().nullable(),
  sessions: z.int(),
  marquees: z.int(),
  retirees: z.int(),
  depuis: day.nullable(),
  reponse: day.nullable(),
  cycles: z.int(),
  ponctuels: z.int(),
});
export type Appel = z.infer<typeof appel>;

export const reponseFraicheur = z.object({
  id: uuid,
  session: uuid,
  numero: z.string(),
  intitule: z.string(),
  organisme: uuid,
  reponse: z.enum(ANSWERS),
  voie: z.enum(ANSWER_WAYS),
  courriel: uuid.nullable(),
  par: z.string().nullable(),
  at: instant,
  soumission: uuid.nullable(),
});

const SESSIONS_MAX = 1_000;

/** Sessions that are still right; `all`: every one of the caller's organismes that waits for a word. */
export const confirmationBody = z.union([
  z.strictObject({ sessions: z.array(uuid).min(1).max(SESSIONS_MAX) }),
  z.strictObject({ all: z.literal(true) }),
]);
export const confirmation = z.object({ confirmees: z.int(), archivees: z.int(), absentes: z.int() });

const trialDay = z.object({
  jour: day,
  organismes: z.int(),
  sessions: z.int(),
  marquees: z.int(),
  retirees: z.int(),
});
export const essaiFraicheur = z.object({
  examinees: z.int(),
  aujourdhui: trialDay,
  sous30Jours: trialDay,
  causes: z.partialRecord(z.enum(FRESHNESS_CAUSES), z.int()),
});
export type EssaiFraicheur = z.infer<typeof essaiFraicheur>;

export const chiffresFraicheur = z.object({
  sessions: z.int(),
  confirmees: z.int(),
  ageMedian: z.int().nullable(),
  stades: z.partialRecord(z.enum(FRESHNESS_STAGES), z.int()),
  courriels: z.int(),
  courrielsRepondus: z.int(),
  reponses: z.int(),
  reponsesParCourriel: z.int(),
});
export type ChiffresFraicheur = z.infer<typeof chiffresFraicheur>;

/** Where the demo's business clock stands; `run` is the last move that was asked for. */
export const demoClock = z.object({
  /** The business day. */
  jour: day,
  /** Days ahead of the real one. */
  avance: z.int(),
  run: z
    .object({
      id: uuid,
      jours: z.int(),
      faits: z.int(),
      state: z.enum(['running', 'done', 'failed']),
      step: z.string().nullable(),
    })
    .nullable(),
});
export type DemoClock = z.infer<typeof demoClock>;
