import { z } from 'zod';
import { ROLES } from '../model/vocabulary.ts';
import { uuid } from './common.ts';

export const me = z.object({
  id: uuid,
  nom: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  langue: z.string(),
  organismes: z.array(z.object({ id: uuid, nom: z.string(), accepted: z.boolean() })),
  /** Sent back as `X-CSRF-Token` with each write made with the login cookie. */
  csrfToken: z.string().nullable(),
  region: z.object({ nom: z.string(), prefixe: z.string(), courriel: z.string(), telephone: z.string() }),
  demo: z.boolean(),
});
export type Me = z.infer<typeof me>;
