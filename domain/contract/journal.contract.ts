import { z } from 'zod';
import { instant, uuid } from './common.ts';

/** One step of a fiche, as the journal's search shows it. */
export const journalRow = z.object({
  id: uuid,
  fiche: uuid,
  /** What the offer calls the fiche; empty before its first acceptance. */
  titre: z.string(),
  n: z.int(),
  soumission: uuid.nullable(),
  at: instant,
  by: uuid.nullable(),
  nom: z.string().nullable(),
  role: z.string().nullable(),
  act: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  data: z.record(z.string(), z.unknown()),
  interne: z.boolean(),
  prevHash: z.string().nullable(),
  hash: z.string(),
});
export type JournalRowDto = z.infer<typeof journalRow>;
