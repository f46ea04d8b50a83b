import { z } from 'zod';
import type { FicheDocument } from '../model/documents.ts';
import { SEVERITIES } from '../model/faults.ts';
import { FICHE_KINDS, FIELD_REASONS, SOUMISSION_KINDS, SOURCES, STATUTS } from '../model/vocabulary.ts';
import { bilingual, instant, texte, uuid } from './common.ts';

/** A field's address: `/` between steps (see the model's faults). */
export const fieldPath = texte(400, 1).startsWith('/');

export const echeance = z.object({
  due: instant,
  /** When the clock stopped; absent while it runs. */
  stopped: instant.optional(),
  kept: z.boolean().optional(),
  paused: z.boolean().optional(),
  cycle: z.int(),
});
export const echeances = z.object({ alimentation: echeance, traitement: echeance, diffusion: echeance });

/** One fault, in the asked language. */
export const controle = z.object({
  rule: z.string(),
  severity: z.enum(SEVERITIES),
  path: z.string(),
  message: z.string(),
  mend: z.string(),
  /** The rule's sentence. */
  sentence: z.string(),
});
export const controles = z.object({
  version: z.int(),
  blocking: z.int(),
  warnings: z.int(),
  nonVerifies: z.int(),
  faults: z.array(controle),
  /** Rules found at fault that ask for two people to approve. */
  twoPeople: z.array(z.string()),
});

export const person = z.object({ id: uuid, nom: z.string(), role: z.string() });

/** One row of the timeline; the OF sees who acted as a role only. */
export const timelineItem = z.object({
  n: z.int(),
  at: instant,
  act: z.string(),
  by: person.nullable(),
  from: z.enum(STATUTS).nullable(),
  to: z.enum(STATUTS).nullable(),
  version: z.int().optional(),
  motif: z.string().optional(),
  champs: z.array(z.unknown()).optional(),
  data: z.record(z.string(), z.unknown()).optional(),
});

export const difference = z.object({
  path: z.string(),
  kind: z.enum(['added', 'removed', 'changed', 'moved']),
  before: z.unknown().optional(),
  after: z.unknown().optional(),
});

export const fieldRequest = z.strictObject({
  path: fieldPath,
  reason: z.enum(FIELD_REASONS),
  comment: texte(2000),
  suggestion: z.json().optional(),
});

export const soumissionRow = z.object({
  id: uuid,
  fiche: z.object({ id: uuid, kind: z.enum(FICHE_KINDS), numero: z.string().nullable() }),
  kind: z.enum(SOUMISSION_KINDS),
  source: z.enum(SOURCES),
  sourceName: z.string().nullable(),
  statut: z.enum(STATUTS),
  version: z.int(),
  titre: z.string(),
  /** The change in ten words. */
  resume: bilingual.nullable(),
  organisme: z.object({ id: uuid, nom: z.string() }),
  /** The next promise still running. */
  due: instant.nullable(),
  echeances: echeances.nullable(),
  blocking: z.int(),
  warnings: z.int(),
  claim: z.object({ by: person, expires: instant, mine: z.boolean() }).nullable(),
  /** Who approved this version first, where two voices are asked for. */
  premiereVoix: person.nullable(),
  deposeeLe: instant.nullable(),
  decideeLe: instant.nullable(),
  release: z.int().nullable(),
  /** Why the last release kept it out; only while it is `validee`. */
  horsRelease: bilingual.nullable(),
  /** Acts that the caller may do now, by the status table and their role. */
  allowed: z.array(z.string()),
});
export type SoumissionRowDto = z.infer<typeof soumissionRow>;

export const soumission = soumissionRow.extend({
  document: z.custom<FicheDocument>(),
  baseVersion: z.int(),
  /** The accepted document that it would replace. */
  accepted: z.object({ version: z.int(), document: z.custom<FicheDocument>() }).nullable(),
  difference: z.array(difference),
  controles: z.union([controles, z.literal('enCours')]),
  cpf: z.array(
    z.object({
      session: uuid,
      answer: z.enum(['oui', 'non', 'nonVerifie']),
      code: z.string().nullable(),
      reasons: z.array(z.string()),
    }),
  ),
  /** The last decision: motif and requests per field. */
  decision: z
    .object({
      kind: z.string(),
      at: instant,
      motif: z.string().nullable(),
      champs: z.array(fieldRequest),
      by: person.nullable(),
    })
    .nullable(),
  /** What moderators mended themselves, version by version. */
  mends: z.array(
    z.object({
      version: z.int(),
      at: instant,
      by: person.nullable(),
      champs: z.array(
        z.object({
          path: z.string(),
          before: z.unknown().optional(),
          after: z.unknown().optional(),
          reason: z.string(),
        }),
      ),
    }),
  ),
  timeline: z.array(timelineItem),
  /** The open soumission of the formation's organisme when it is not accepted yet. */
  organismeSoumission: uuid.nullable(),
  /** Where Temporal's own UI shows its workflow, when configured. */
  workflowUrl: z.string().nullable(),
});
export type SoumissionDto = z.infer<typeof soumission>;

export const decisionBody = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('approve'),
    version: z.int().positive(),
    token: z.int().optional(),
    avecOrganisme: z.boolean().optional(),
  }),
  z.strictObject({
    kind: z.literal('refuse'),
    version: z.int().positive(),
    token: z.int().optional(),
    motif: texte(2000, 3),
  }),
  z.strictObject({
    kind: z.literal('requestChanges'),
    version: z.int().positive(),
    token: z.int().optional(),
    motif: texte(2000).optional(),
    champs: z.array(fieldRequest).min(1).max(200),
  }),
]);
export type DecisionBody = z.infer<typeof decisionBody>;

export const claimBody = z.strictObject({ takeOver: z.boolean().optional() });
export const claimAnswer = z.object({ token: z.int(), expires: instant });
