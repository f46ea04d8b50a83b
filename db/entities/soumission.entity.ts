import { defineEntity, p } from '@mikro-orm/core';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { Controles } from '../../domain/model/faults.ts';
import type { FieldRequest } from '../../domain/model/requests.ts';
import { CONDUITES, DECISION_KINDS, SOUMISSION_KINDS, SOURCES, STATUTS } from '../../domain/model/vocabulary.ts';
import { Fiche } from './fiche.entity.ts';
import { organismeWall } from './roles.ts';
import { SOUMISSION_TRIGGERS } from './triggers.ts';

/** One proposed version of a fiche on its way through moderation; a brouillon is the same row. */
export const Soumission = defineEntity({
  name: 'Soumission',
  tableName: 'soumission',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  triggers: SOUMISSION_TRIGGERS,
  indexes: [
    {
      name: 'soumission_open_unique',
      expression:
        "create unique index \"soumission_open_unique\" on \"soumission\" (\"fiche_id\") where statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees')",
    },
    {
      name: 'soumission_queue_index',
      expression:
        'create index "soumission_queue_index" on "soumission" ("due_at", "id") where statut in (\'deposee\', \'controlee\', \'enRevue\', \'correctionsDemandees\')',
    },
    {
      name: 'soumission_titre_index',
      expression:
        "create index \"soumission_titre_index\" on \"soumission\" using gist (\"titre\" gist_trgm_ops (siglen=64)) where kind = 'creation' and statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees')",
    },
    {
      name: 'soumission_count_index',
      expression:
        'create index "soumission_count_index" on "soumission" ("statut") include ("organisme_id", "pour_of") where statut in (\'deposee\', \'controlee\', \'enRevue\', \'correctionsDemandees\')',
    },
    { name: 'soumission_statut_index', properties: ['statut', 'id'] },
    { name: 'soumission_fiche_index', properties: ['ficheId'] },
    { name: 'soumission_organisme_index', properties: ['organismeId', 'id'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    ficheId: () => p.manyToOne(Fiche).mapToPk().fieldName('fiche_id'),
    organismeId: p.uuid(),
    kind: p.enum([...SOUMISSION_KINDS]),
    source: p.enum([...SOURCES]),
    /** Which flow or file source, for those that come by import. */
    sourceName: p.string().length(40).nullable(),
    importId: p.uuid().nullable(),
    statut: p.enum([...STATUTS]),
    /** Content revisions; 0 while a brouillon was never deposited. */
    version: p.integer().default(0),
    /** Internal fence, raised by every write of the workflow; never shown. */
    seq: p.integer().default(0),
    baseVersion: p.integer().default(0),
    conduite: p.enum([...CONDUITES]).default('workflow'),
    document: p.json<FicheDocument>(),
    documentHash: p.string().length(64),
    /** Saves of the brouillon; its ETag. */
    saveNumber: p.integer().default(0),
    titre: p.string().length(300).default(''),
    /** The change in ten words, `{ fr, en }`. */
    resume: p.json<{ fr: string; en: string }>().nullable(),
    auteurId: p.uuid().nullable(),
    /** Entered by the Cariforef for an OF: a colleague then decides. */
    pourOf: p.boolean().default(false),
    controles: p.json<Controles>().nullable(),
    apercuCpf: p.json<unknown>().nullable(),
    echeances: p.json<unknown>().nullable(),
    /** The next promise still running, for the queue's order. */
    dueAt: p.datetime(3).nullable(),
    motif: p.text().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    savedAt: p.datetime(3).defaultRaw('now()'),
    deposeeLe: p.datetime(3).nullable(),
    decideeLe: p.datetime(3).nullable(),
    decideePar: p.uuid().nullable(),
    /** The accepted version that its approval made. */
    acceptedN: p.integer().nullable(),
    releaseN: p.integer().nullable(),
    remplaceePar: p.uuid().nullable(),
    /** Up to when its escalations were told. */
    escaladeLe: p.datetime(3).nullable(),
    /** A withdrawal of some sessions: the fiche stays in the offer. */
    partiel: p.boolean().default(false),
    /** The withdrawal of the organisme that took this formation out. */
    suiteDe: p.uuid().nullable().index(),
    /** Why a release kept it out. */
    horsRelease: p.string().length(200).nullable(),
  },
});

/** The frozen content of each deposited version; `n` is the soumission's version. */
export const SoumissionRevision = defineEntity({
  name: 'SoumissionRevision',
  tableName: 'soumission_revision',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    n: p.integer().primary(),
    organismeId: p.uuid(),
    document: p.json<FicheDocument>(),
    hash: p.string().length(64),
    auteurId: p.uuid().nullable(),
    deposeeLe: p.datetime(3),
  },
});

/** Who holds a soumission, until when; `token` fences decisions. */
export const Claim = defineEntity({
  name: 'Claim',
  tableName: 'claim',
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    userId: p.uuid().index(),
    token: p.integer(),
    expiresAt: p.datetime(3),
    /** False once given back, over or decided; the row stays for its token. */
    live: p.boolean().default(true),
  },
});

/** What a moderator said of a version. */
export const DecisionRow = defineEntity({
  name: 'DecisionRow',
  tableName: 'decision',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  indexes: [
    { name: 'decision_soumission_index', properties: ['soumissionId'] },
    { name: 'decision_organisme_index', properties: ['organismeId', 'at'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    soumissionId: () => p.manyToOne(Soumission).mapToPk().fieldName('soumission_id'),
    organismeId: p.uuid(),
    version: p.integer(),
    kind: p.enum([...DECISION_KINDS]),
    by: p.uuid().nullable(),
    at: p.datetime(3),
    motif: p.text().nullable(),
    champs: p.json<FieldRequest[]>().nullable(),
    undoneAt: p.datetime(3).nullable(),
    undoneBy: p.uuid().nullable(),
  },
});

/** What has to be told to a workflow, written in the transaction of its cause; the relay drains what the API could not. */
export const OutboxRow = defineEntity({
  name: 'OutboxRow',
  tableName: 'outbox',
  indexes: [
    {
      name: 'outbox_waiting_index',
      expression: 'create index "outbox_waiting_index" on "outbox" ("next_try_at") where done_at is null',
    },
    { name: 'outbox_subject_index', properties: ['subjectId'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    /** `start` a soumission, `revise` one with a frozen brouillon, `import` to run; `words` are kept for an act, told at once. */
    kind: p.string().length(20),
    subjectId: p.uuid(),
    payload: p.json<unknown>().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    nextTryAt: p.datetime(3).defaultRaw('now()'),
    tries: p.integer().default(0),
    lastError: p.text().nullable(),
    doneAt: p.datetime(3).nullable(),
  },
});

/** Every step of a fiche: hash-chained per fiche, append-only by database rights, user ids only. */
export const JournalRow = defineEntity({
  name: 'JournalRow',
  tableName: 'journal',
  rowLevelSecurity: 'force',
  policies: organismeWall('not interne'),
  uniques: [
    { name: 'journal_chain_unique', properties: ['ficheId', 'n'] },
    { name: 'journal_commande_unique', properties: ['commande'] },
  ],
  indexes: [
    { name: 'journal_soumission_index', properties: ['soumissionId', 'n'] },
    { name: 'journal_at_index', properties: ['at'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    ficheId: () => p.manyToOne(Fiche).mapToPk().fieldName('fiche_id'),
    n: p.integer(),
    soumissionId: p.uuid().nullable(),
    organismeId: p.uuid(),
    at: p.datetime(3),
    by: p.uuid().nullable(),
    role: p.string().length(20).nullable(),
    act: p.string().length(40),
    fromStatut: p.string().length(24).nullable(),
    toStatut: p.string().length(24).nullable(),
    data: p.json<Record<string, unknown>>(),
    /** Hidden from the OF: internal notes, audit of lanes. */
    interne: p.boolean().default(false),
    /** Update id or step of the workflow: a retried command finds its own row and its answer. */
    commande: p.string().length(120).nullable(),
    prevHash: p.string().length(64).nullable(),
    hash: p.string().length(64),
  },
});

/** The record of each promise, kept or missed, by source. */
export const PromiseRow = defineEntity({
  name: 'PromiseRow',
  tableName: 'promesse',
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    clock: p.string().length(14).primary(),
    cycle: p.integer().primary(),
    source: p.string().length(10),
    /** Decided by people, or by a lane or a trusted import: the latter never sweeten the figure. */
    humain: p.boolean().default(true),
    dueAt: p.datetime(3),
    stoppedAt: p.datetime(3).nullable(),
    kept: p.boolean().nullable(),
  },
});
