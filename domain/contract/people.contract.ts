import { z } from 'zod';
import { ROLES } from '../model/vocabulary.ts';
import { LANGS } from '../model/words.ts';
import { instant, texte, uuid } from './common.ts';

const email = z
  .email()
  .max(160)
  .transform((text) => text.toLowerCase());

export const personRow = z.object({
  id: uuid,
  email: z.string(),
  nom: z.string(),
  role: z.enum(ROLES),
  langue: z.string(),
  actif: z.boolean(),
  organismes: z.array(uuid),
  createdAt: instant,
  lastUsedAt: instant.nullable(),
});
export type PersonRowDto = z.infer<typeof personRow>;

/** A person is known before their first login: the OpenID provider only proves who they are. */
export const personBody = z.strictObject({
  email,
  nom: texte(120, 1),
  role: z.enum(ROLES),
  langue: z.enum(LANGS).default('fr'),
  actif: z.boolean().default(true),
  organismes: z.array(uuid).max(50).default([]),
});

export const tokenRow = z.object({
  id: uuid,
  label: z.string(),
  createdAt: instant,
  expiresAt: instant,
  lastUsedAt: instant.nullable(),
});
export type TokenRowDto = z.infer<typeof tokenRow>;

export const tokenBody = z.strictObject({ label: texte(120, 1), days: z.int().min(1).max(365).default(90) });

/** The only time that the token itself is shown. */
export const tokenMade = tokenRow.extend({ token: z.string() });
