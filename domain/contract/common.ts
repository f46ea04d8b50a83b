import { z } from 'zod';

/** What XML 1.0 (production Char) and PostgreSQL refuse: NUL, the C0 controls, lone surrogates, U+FFFE and U+FFFF. */
const FORBIDDEN = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

/** True for a text of `min` to `max` characters without control characters or lone surrogates. */
export const isTexte = (value: string, max: number, min = 0): boolean =>
  value.length >= min && value.length <= max && !FORBIDDEN.test(value);

/** A text of at most `max` characters without control characters or lone surrogates. */
export const texte = (max: number, min = 0) =>
  z
    .string()
    .min(min)
    .max(max)
    .refine((value) => !FORBIDDEN.test(value), { message: 'caractere-interdit' });

export const uuid = z.uuid();
/** An instant as ISO 8601 in UTC. */
export const instant = z.iso.datetime();
/** A Paris day, `AAAA-MM-JJ`. */
export const day = z.iso.date();
export const bilingual = z.object({ fr: z.string(), en: z.string() });

export const problem = z.object({
  type: z.string(),
  code: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string().optional(),
  mend: z.string().optional(),
  requestId: z.string().optional(),
  errors: z
    .array(z.object({ pointer: z.string(), code: z.string(), message: z.string(), mend: z.string().optional() }))
    .optional(),
});
export type Problem = z.infer<typeof problem>;
