import { z } from 'zod';
import { LOT_ITEM_STATES, LOT_MAX, LOT_STATES, MESSAGE_KINDS, NOTICE_AUDIENCES, NOTICE_KINDS } from '../model/vie.ts';
import { DECISION_KINDS, STATUTS } from '../model/vocabulary.ts';
import { bilingual, instant, texte, uuid } from './common.ts';
import { fieldPath, fieldRequest, person } from './soumission.contract.ts';

export const mendBody = z.strictObject({
  version: z.int().positive(),
  champs: z
    .array(z.strictObject({ path: fieldPath, value: z.json().optional(), reason: texte(2000, 3) }))
    .min(1)
    .max(100),
});
export type MendBody = z.infer<typeof mendBody>;

export const messageBody = z.strictObject({ message: texte(5000, 1) });
export const message = z.object({
  id: uuid,
  soumission: uuid,
  kind: z.enum(MESSAGE_KINDS),
  message: z.string(),
  by: person.nullable(),
  at: instant,
});
export type MessageDto = z.infer<typeof message>;

export const notice = z.object({
  id: uuid,
  kind: z.enum(NOTICE_KINDS),
  audience: z.enum(NOTICE_AUDIENCES),
  soumission: uuid,
  titre: z.string(),
  statut: z.enum(STATUTS),
  data: z.record(z.string(), z.unknown()),
  at: instant,
  read: z.boolean(),
});
export type NoticeDto = z.infer<typeof notice>;
/** Notices to mark read; without ids, all of them. */
export const noticesReadBody = z.strictObject({ ids: z.array(uuid).max(1_000).optional() });

/** A field that every fiche of a lot has: rows below have ids of their own. */
const commonField = fieldRequest.omit({ suggestion: true }).extend({ path: fieldPath.startsWith('/champs/') });

export const bulkBody = z.strictObject({
  kind: z.enum(DECISION_KINDS),
  /** Mandatory to refuse. */
  motif: texte(2000, 3).optional(),
  /** Mandatory to ask for changes: the same fields of each fiche. */
  champs: z.array(commonField).min(1).max(100).optional(),
  items: z
    .array(z.strictObject({ id: uuid, version: z.int().positive() }))
    .min(1)
    .max(LOT_MAX),
  dryRun: z.boolean().optional(),
});
export type BulkBody = z.infer<typeof bulkBody>;

/** What would become of one soumission of a lot, and why. */
export const bulkPreview = z.object({
  items: z.array(
    z.object({
      id: uuid,
      titre: z.string(),
      outcome: z.enum(['decided', 'firstVoice', 'refused']),
      code: z.string().nullable(),
      title: z.string().nullable(),
      by: person.nullable(),
    }),
  ),
});
export type BulkPreviewDto = z.infer<typeof bulkPreview>;

export const lot = z.object({
  id: uuid,
  kind: z.enum(DECISION_KINDS),
  motif: z.string().nullable(),
  champs: z.array(fieldRequest),
  state: z.enum(LOT_STATES),
  by: person.nullable(),
  at: instant,
  finishedAt: instant.nullable(),
  total: z.int(),
  done: z.int(),
  items: z.array(
    z.object({
      id: uuid,
      version: z.int(),
      titre: z.string(),
      statut: z.enum(STATUTS),
      state: z.enum(LOT_ITEM_STATES),
      code: z.string().nullable(),
      title: z.string().nullable(),
      by: person.nullable(),
    }),
  ),
});
export type LotDto = z.infer<typeof lot>;

const percent = z.int().min(0).max(100);
export const voieBody = z.strictObject({
  libelle: bilingual,
  champs: z.array(texte(200, 3)).min(1).max(100),
  jours: z.int().min(0).max(366).nullable(),
  retraits: z.int().min(1).max(1_000).nullable().default(null),
  actif: z.boolean(),
  auditPourcent: percent,
  approbations: z.int().min(0).max(10_000),
  fenetreJours: z.int().min(1).max(3_660),
});
export const voie = voieBody.extend({
  id: z.string(),
  version: z.int(),
  /** What it approved, what was drawn for audit and what moderators answered. */
  approuvees: z.int(),
  audits: z.int(),
  enAttente: z.int(),
  fausses: z.int(),
  /** Wrong answers among those given, 0 to 1; null before the first. */
  tauxErreur: z.number().nullable(),
});
export type VoieDto = z.infer<typeof voie>;

export const audit = z.object({
  id: uuid,
  titre: z.string(),
  version: z.int(),
  voies: z.array(z.string()),
  at: instant,
  juste: z.boolean().nullable(),
  commentaire: z.string().nullable(),
  by: person.nullable(),
});
export type AuditDto = z.infer<typeof audit>;
export const auditBody = z.strictObject({ juste: z.boolean(), commentaire: texte(2000).optional() });
