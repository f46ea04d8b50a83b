import { z } from 'zod';
import { CLOCKS, CPF_ANSWERS } from '../model/vocabulary.ts';
import { day } from './common.ts';

export const cpfAnswer = z.object({
  certification: z.string(),
  siret: z.string(),
  answer: z.enum(CPF_ANSWERS),
  code: z.string().nullable(),
  debut: day.nullable(),
  fin: day.nullable(),
  reasons: z.array(z.string()),
  proof: z.unknown(),
});

const figure = z.object({ kept: z.int(), missed: z.int(), running: z.int() });
/** The promise over 90 days, by source and clock; what rules or trusted imports decided is told apart. */
export const promesse = z.object({
  days: z.int(),
  rows: z.array(figure.extend({ source: z.string(), clock: z.enum(CLOCKS), humain: z.boolean() })),
  /** What people decide, by the Paris day on which it was due. */
  jours: z.array(z.object({ day: z.iso.date(), clock: z.enum(CLOCKS), kept: z.int(), missed: z.int() })),
});
