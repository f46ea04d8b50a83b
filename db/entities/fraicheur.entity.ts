import { defineEntity, p } from '@mikro-orm/core';
import { ANSWERS } from '../../domain/model/fraicheur/answers.ts';
import { FRESHNESS_CAUSES } from '../../domain/model/fraicheur/causes.ts';
import { FRESHNESS_STAGES } from '../../domain/model/fraicheur/stages.ts';
import { ANSWER_WAYS } from '../../domain/model/fraicheur/ways.ts';
import { cariforefWall, organismeWall } from './roles.ts';

/**
 * The freshness of a session, in a table of its own: a projection may come and go. No row means that its first cycle
 * began with the last accepted change of its formation and has reached no stage.
 */
const Fraicheur = defineEntity({
  name: 'Fraicheur',
  tableName: 'fraicheur',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  indexes: [
    { name: 'fraicheur_formation_index', properties: ['formationId'] },
    {
      name: 'fraicheur_stade_index',
      expression:
        'create index "fraicheur_stade_index" on "fraicheur" ("organisme_id", "stade") where stade <> \'fraiche\'',
    },
  ],
  properties: {
    sessionId: p.uuid().primary(),
    formationId: p.uuid(),
    organismeId: p.uuid(),
    /** Raised by each confirmation and each accepted change. */
    cycle: p.integer().default(1),
    /** Paris day on which the cycle began. */
    depuis: p.string().length(10),
    confirmeeLe: p.string().length(10).nullable(),
    stade: p.enum([...FRESHNESS_STAGES]).default('fraiche'),
    stadeLe: p.string().length(10).nullable(),
    cause: p.enum([...FRESHNESS_CAUSES]).nullable(),
    /** The day D from which the cycle's stages are counted. */
    jourD: p.string().length(10).nullable(),
  },
});

/** The stages that a cycle entered, each once. */
const FraicheurEtape = defineEntity({
  name: 'FraicheurEtape',
  tableName: 'fraicheur_etape',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  indexes: [{ name: 'fraicheur_etape_jour_index', properties: ['jour'] }],
  properties: {
    sessionId: p.uuid().primary(),
    cycle: p.integer().primary(),
    stade: p.enum([...FRESHNESS_STAGES]).primary(),
    formationId: p.uuid(),
    organismeId: p.uuid(),
    jour: p.string().length(10),
    cause: p.enum([...FRESHNESS_CAUSES]),
    /** Whether somebody was asked by mail. */
    courriels: p.integer().default(0),
  },
});

/** What was said of a session, by whom and by which way; the organisme's managers and the Cariforef read it. */
const FraicheurReponse = defineEntity({
  name: 'FraicheurReponse',
  tableName: 'fraicheur_reponse',
  rowLevelSecurity: 'force',
  policies: organismeWall(),
  indexes: [
    { name: 'fraicheur_reponse_organisme_index', properties: ['organismeId', 'at'] },
    { name: 'fraicheur_reponse_courriel_index', properties: ['courrielId'] },
    { name: 'fraicheur_reponse_session_index', properties: ['sessionId'] },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    sessionId: p.uuid(),
    formationId: p.uuid(),
    organismeId: p.uuid(),
    /** The cycle that it ended. */
    cycle: p.integer(),
    reponse: p.enum([...ANSWERS]),
    voie: p.enum([...ANSWER_WAYS]),
    /** The mail whose link was used. */
    courrielId: p.uuid().nullable(),
    userId: p.uuid().nullable(),
    /** Paris day of the business clock. */
    jour: p.string().length(10),
    at: p.datetime(3),
    /** The soumission that the answer became. */
    soumissionId: p.uuid().nullable(),
  },
});

/** How punctually an organisme answers: what its periods are learned from. */
const FraicheurOrganisme = defineEntity({
  name: 'FraicheurOrganisme',
  tableName: 'fraicheur_organisme',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    organismeId: p.uuid().primary(),
    /** Cycles in which it was reminded, and those it answered before the second reminder. */
    cycles: p.integer().default(0),
    ponctuels: p.integer().default(0),
  },
});

/** The passes, one a Paris day. */
const FraicheurPasse = defineEntity({
  name: 'FraicheurPasse',
  tableName: 'fraicheur_passe',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  properties: {
    jour: p.string().length(10).primary(),
    examinees: p.integer().default(0),
    avancees: p.integer().default(0),
    courriels: p.integer().default(0),
    at: p.datetime(3),
    finieLe: p.datetime(3).nullable(),
  },
});

/** A run of the demo's business clock, day by day. */
const HorlogeAvance = defineEntity({
  name: 'HorlogeAvance',
  tableName: 'horloge_avance',
  rowLevelSecurity: 'force',
  policies: cariforefWall(),
  indexes: [
    {
      name: 'horloge_avance_unique',
      expression:
        'create unique index "horloge_avance_unique" on "horloge_avance" ((state = \'running\')) where state = \'running\'',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    jours: p.integer(),
    faits: p.integer().default(0),
    /** The business day it has reached. */
    jour: p.string().length(10),
    state: p.enum(['running', 'done', 'failed']).default('running'),
    step: p.string().length(20).nullable(),
    at: p.datetime(3),
  },
});

export const FRAICHEUR_ENTITIES = [
  Fraicheur,
  FraicheurEtape,
  FraicheurReponse,
  FraicheurOrganisme,
  FraicheurPasse,
  HorlogeAvance,
] as const;
