import { defineEntity, p } from '@mikro-orm/core';
import type { Mend } from '../../domain/model/mends.ts';
import type { FieldRequest } from '../../domain/model/requests.ts';
import { LOT_ITEM_STATES, LOT_STATES, MESSAGE_KINDS, NOTICE_AUDIENCES, NOTICE_KINDS } from '../../domain/model/vie.ts';
import { DECISION_KINDS } from '../../domain/model/vocabulary.ts';
import { Fiche } from './fiche.entity.ts';
import { cariforefWall, noticeWall, organismeWall } from './roles.ts';
import { Soumission } from './soumission.entity.ts';

/** What people wrote to each other about a fiche; a note is the Cariforef's own and hidden from the OF. */
const MessageRow = defineEntity({
  name: 'MessageRow',
  tableName: 'message',
  rowLevelSecurity: 'force',
  policies: organismeWall('not interne'),
  indexes: [{ name: 'message_fiche_index', properties: ['ficheId', 'at'] }],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    ficheId: () => p.manyToOne(Fiche).mapToPk().fieldName('fiche_id'),
    soumissionId: p.uuid(),
    organismeId: p.uuid(),
    kind: p.enum([...MESSAGE_KINDS]),
    interne: p.boolean().default(false),
    texte: p.text(),
    by: p.uuid(),
    role: p.string().length(20),
    at: p.datetime(3),
  },
});

/** A moderator's own correction of a version: what it made of the fields, and why. */
const MendRow = defineEntity({
  name: 'MendRow',
  tableName: 'mend',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    /** The version that it made. */
    version: p.integer().primary(),
    organismeId: p.uuid(),
    by: p.uuid(),
    at: p.datetime(3),
    champs: p.json<Mend[]>(),
  },
});

/** A notice shown on screen; a mail about it is another matter. */
const NoticeRow = defineEntity({
  name: 'NoticeRow',
  tableName: 'avis',
  rowLevelSecurity: 'force',
  policies: noticeWall(),
  uniques: [{ name: 'avis_cle_unique', properties: ['cle'] }],
  indexes: [
    { name: 'avis_audience_index', properties: ['audience', 'at'] },
    { name: 'avis_organisme_index', properties: ['organismeId', 'at'] },
    { name: 'avis_soumission_index', properties: ['soumissionId'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    /** What happened, so that it is told once. */
    cle: p.string().length(160),
    kind: p.enum([...NOTICE_KINDS]),
    audience: p.enum([...NOTICE_AUDIENCES]),
    soumissionId: p.uuid(),
    ficheId: p.uuid(),
    organismeId: p.uuid(),
    data: p.json<Record<string, unknown>>(),
    at: p.datetime(3),
  },
});

/** Who has read a notice. */
const NoticeRead = defineEntity({
  name: 'NoticeRead',
  tableName: 'avis_lu',
  properties: {
    avisId: () => p.manyToOne(NoticeRow).mapToPk().primary().fieldName('avis_id').deleteRule('cascade'),
    userId: p.uuid().primary(),
    at: p.datetime(3),
  },
});

/** The first of two voices on an approval that asks for both. */
const FirstVoice = defineEntity({
  name: 'FirstVoice',
  tableName: 'premiere_voix',
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    version: p.integer(),
    by: p.uuid(),
    at: p.datetime(3),
  },
});

/** A soumission that `next` is about to give to somebody: the others pass it by meanwhile. */
const Attribution = defineEntity({
  name: 'Attribution',
  tableName: 'attribution',
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    userId: p.uuid(),
    expiresAt: p.datetime(3),
  },
});

/** Many decisions at once, asked by one person. */
const LotRow = defineEntity({
  name: 'LotRow',
  tableName: 'lot',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    userId: p.uuid(),
    role: p.string().length(20),
    kind: p.enum([...DECISION_KINDS]),
    motif: p.text().nullable(),
    /** What a lot of requests for changes asks of each fiche. */
    champs: p.json<FieldRequest[]>().nullable(),
    state: p.enum([...LOT_STATES]).default('running'),
    createdAt: p.datetime(3),
    finishedAt: p.datetime(3).nullable(),
  },
});

/** One soumission of a lot and what became of it. */
const LotItemRow = defineEntity({
  name: 'LotItemRow',
  tableName: 'lot_item',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    lotId: () => p.manyToOne(LotRow).mapToPk().primary().fieldName('lot_id').deleteRule('cascade'),
    rang: p.integer().primary(),
    soumissionId: p.uuid(),
    version: p.integer(),
    state: p.enum([...LOT_ITEM_STATES]).default('waiting'),
    code: p.string().length(60).nullable(),
    details: p.json<Record<string, unknown>>().nullable(),
    at: p.datetime(3).nullable(),
  },
});

/** A trust lane: kinds of change, by the paths of fields, that a clean record lets pass. */
const LaneRow = defineEntity({
  name: 'LaneRow',
  tableName: 'voie',
  properties: {
    id: p.string().length(40).primary(),
    version: p.integer().default(1),
    libelle: p.json<{ fr: string; en: string }>(),
    champs: p.json<string[]>(),
    /** Days by which a date may move; null when the lane has none. */
    jours: p.integer().nullable(),
    /** Sessions that may leave at once; null when the lane takes nothing out. */
    retraits: p.integer().nullable(),
    actif: p.boolean().default(true),
    /** Share of its approvals that is audited, in percent. */
    auditPourcent: p.integer().default(10),
    /** Approvals, without a refusal, that make a clean record. */
    approbations: p.integer().default(10),
    /** Over how many days. */
    fenetreJours: p.integer().default(180),
    modifieePar: p.uuid().nullable(),
    modifieeLe: p.datetime(3).nullable(),
  },
});

/** What a lane approved; the audited share is the Cariforef's business only. */
const LaneUse = defineEntity({
  name: 'LaneUse',
  tableName: 'voie_usage',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  indexes: [
    {
      name: 'voie_usage_audit_index',
      expression: 'create index "voie_usage_audit_index" on "voie_usage" ("at") where audite',
    },
  ],
  properties: {
    soumissionId: () => p.manyToOne(Soumission).mapToPk().primary().fieldName('soumission_id'),
    version: p.integer().primary(),
    voieId: p.string().length(40).primary(),
    voieVersion: p.integer(),
    at: p.datetime(3),
    audite: p.boolean().default(false),
    /** Null until a moderator answered. */
    juste: p.boolean().nullable(),
    commentaire: p.text().nullable(),
    auditePar: p.uuid().nullable(),
    auditeLe: p.datetime(3).nullable(),
  },
});

/** What administrators may set while the platform runs, by name. */
const SettingRow = defineEntity({
  name: 'SettingRow',
  tableName: 'reglage',
  properties: {
    cle: p.string().length(40).primary(),
    valeur: p.json<unknown>(),
    modifiePar: p.uuid().nullable(),
    modifieLe: p.datetime(3).nullable(),
  },
});

export const VIE_ENTITIES = [
  MessageRow,
  MendRow,
  NoticeRow,
  NoticeRead,
  FirstVoice,
  Attribution,
  LotRow,
  LotItemRow,
  LaneRow,
  LaneUse,
  SettingRow,
] as const;
