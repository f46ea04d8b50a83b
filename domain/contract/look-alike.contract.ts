import { z } from 'zod';
import type { FormationDocument } from '../model/documents.ts';
import { LOOK_ALIKE_VERDICTS } from '../model/look-alikes.ts';
import { uuid } from './common.ts';

/** A formation, of the accepted offer or on its way there, that looks like what a soumission proposes. */
export const lookAlike = z.object({
  fiche: uuid,
  /** Null while it was never accepted. */
  numero: z.string().nullable(),
  /** Its open soumission, when it is not accepted yet. */
  soumission: uuid.nullable(),
  intitule: z.string(),
  organisme: z.object({ id: uuid, nom: z.string() }),
  /** 0 to 1. */
  score: z.number(),
  reasons: z.object({
    title: z.number(),
    certification: z.boolean(),
    place: z.boolean(),
    dates: z.boolean(),
    organisme: z.boolean(),
    /** Pairs of actions that EDOF would refuse as one (30056, 30057): of the soumission, of the other. */
    actions: z.array(z.tuple([uuid, uuid])),
  }),
  document: z.custom<FormationDocument>(),
  inOffer: z.boolean(),
  remplacePar: uuid.nullable(),
  verdict: z.enum(LOOK_ALIKE_VERDICTS).nullable(),
});
export type LookAlikeDto = z.infer<typeof lookAlike>;

export const verdictBody = z.strictObject({
  verdict: z.enum(LOOK_ALIKE_VERDICTS),
  /** Of a merge: which one stays; the other formation unless said. */
  keep: z.enum(['other', 'this']).optional(),
  /** The version that was looked at. */
  version: z.int().positive().optional(),
});
