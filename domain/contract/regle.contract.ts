import { z } from 'zod';
import { GRAVITIES } from '../model/rules/settings.ts';
import { CHANNELS, FICHE_KINDS, STATUTS } from '../model/vocabulary.ts';
import { bilingual, day, instant, texte, uuid } from './common.ts';

const gravity = z.enum(GRAVITIES);
export const severities = z.strictObject({ saisie: gravity, fichier: gravity, flux: gravity });

/** One version of a rule's setting, with who made it, when and why. */
export const ruleSetting = z.object({
  version: z.int(),
  severity: severities,
  twoPeople: z.boolean(),
  activeFrom: day,
  by: uuid,
  reason: z.string(),
  at: instant,
});

/** A rule as it stands today, and every setting it was given. */
export const regle = z.object({
  id: z.string(),
  sentence: bilingual,
  mend: bilingual,
  mendBy: z.string(),
  on: z.array(z.enum(FICHE_KINDS)),
  needs: z.array(z.string()),
  severity: severities,
  twoPeople: z.boolean(),
  /** The setting in force; 0 is the catalogue's own. */
  version: z.int(),
  /** The last setting made, which may wait for its day; sent back with a change. */
  latest: z.int(),
  catalogue: severities,
  settings: z.array(ruleSetting),
});
export type RegleDto = z.infer<typeof regle>;

export const regleBody = z.strictObject({
  /** The `latest` that was looked at. */
  version: z.int().min(0),
  severity: severities,
  twoPeople: z.boolean().default(false),
  activeFrom: day,
  reason: texte(2000, 3),
});

export const essaiBody = z.strictObject({
  regle: texte(60, 1),
  severity: severities,
  /** How many days back. */
  jours: z.int().min(1).max(730).default(90),
  /** `next` of the page before. */
  after: uuid.optional(),
});

const hit = z.object({
  soumission: uuid,
  titre: z.string(),
  organisme: z.string(),
  statut: z.enum(STATUTS),
  channel: z.enum(CHANNELS),
  deposeeLe: instant,
  faults: z.array(z.object({ path: z.string(), message: z.string(), mend: z.string() })),
});

/** One page of a trial; the caller asks for the next until `next` is null, and adds up. */
export const essai = z.object({
  /** All that the trial looks at; told on the first page. */
  total: z.int().nullable(),
  examined: z.int(),
  blocked: z.array(hit),
  freed: z.array(hit),
  warned: z.int(),
  next: uuid.nullable(),
});
export type EssaiDto = z.infer<typeof essai>;
export type EssaiHit = z.infer<typeof hit>;
