import { defineEntity, p } from '@mikro-orm/core';

/** The projection of the accepted documents: rows updated by matching ids, never deleted; `retireLe` when no longer accepted. */
export const OrganismeRow = defineEntity({
  name: 'OrganismeRow',
  tableName: 'organisme',
  uniques: [{ name: 'organisme_nda_siret_unique', properties: ['nda', 'siret'] }],
  indexes: [
    { name: 'organisme_numero_index', properties: ['numero'] },
    {
      name: 'organisme_noms_index',
      expression:
        'create index "organisme_noms_index" on "organisme" using gin ("nom" gin_trgm_ops, "raison_sociale" gin_trgm_ops) where retire_le is null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    nda: p.string().length(11),
    siret: p.string().length(14),
    siren: p.string().length(9).index(),
    uai: p.string().length(8).nullable(),
    nom: p.string().length(250),
    raisonSociale: p.string().length(250),
    commune: p.string().length(50).default(''),
    codePostal: p.string().length(5).default(''),
    departement: p.string().length(3).default(''),
    numero: p.string().length(255).nullable(),
    versionN: p.integer(),
    maj: p.string().length(10),
    retireLe: p.datetime(3).nullable(),
  },
});

export const SiteRow = defineEntity({
  name: 'SiteRow',
  tableName: 'site',
  properties: {
    id: p.uuid().primary(),
    organismeId: p.uuid().index(),
    nom: p.string().length(250),
    insee: p.string().length(5).nullable(),
    commune: p.string().length(50).default(''),
    codePostal: p.string().length(5).default(''),
    latitude: p.double().nullable(),
    longitude: p.double().nullable(),
    retireLe: p.datetime(3).nullable(),
  },
});

const certificationIndex = (column: string) => ({
  name: `formation_${column}_index`,
  expression: `create index "formation_${column}_index" on "formation" ("${column}") where retire_le is null and ${column} is not null`,
});

/** By which look-alikes of the accepted offer are found. */
const LOOK_ALIKE_INDEXES = [
  {
    name: 'formation_intitule_index',
    expression:
      'create index "formation_intitule_index" on "formation" using gist ("intitule" gist_trgm_ops (siglen=64)) where retire_le is null',
  },
  certificationIndex('rncp'),
  certificationIndex('rs'),
  certificationIndex('certifinfo'),
];

export const FormationRow = defineEntity({
  name: 'FormationRow',
  tableName: 'formation',
  indexes: [
    { name: 'formation_numero_index', properties: ['numero'] },
    { name: 'formation_prochain_index', properties: ['prochainChangement'] },
    ...LOOK_ALIKE_INDEXES,
    {
      name: 'formation_reference_of_unique',
      expression:
        'create unique index "formation_reference_of_unique" on "formation" ("organisme_id", "reference_of") where reference_of is not null',
    },
  ],
  properties: {
    id: p.uuid().primary(),
    organismeId: p.uuid().index(),
    numero: p.string().length(255),
    referenceOf: p.string().length(255).nullable(),
    intitule: p.string().length(255),
    certifiante: p.boolean(),
    rncp: p.string().length(10).nullable(),
    rs: p.string().length(10).nullable(),
    certifinfo: p.string().length(10).nullable(),
    source: p.string().length(40),
    versionN: p.integer(),
    /** Paris day on which this level or one below last changed by an accepted version. */
    maj: p.string().length(10),
    creee: p.string().length(10),
    /** First Paris day on which it changes by itself (design §7). */
    prochainChangement: p.string().length(10).nullable(),
    retireLe: p.datetime(3).nullable(),
  },
});

export const ActionRow = defineEntity({
  name: 'ActionRow',
  tableName: 'action',
  properties: {
    id: p.uuid().primary(),
    formationId: p.uuid().index(),
    numero: p.string().length(255),
    numeroRecu: p.string().length(255).nullable(),
    formateurId: p.uuid().nullable(),
    formateurSiret: p.string().length(14).nullable(),
    modalite: p.string().length(1).nullable(),
    insee: p.string().length(5).nullable(),
    commune: p.string().length(50).nullable(),
    /** LHÉO's `modalites-entrees-sorties` is 1: one may begin on any day. */
    permanente: p.boolean().default(false),
    rang: p.integer(),
    maj: p.string().length(10),
    creee: p.string().length(10),
    /** Hash of this level's own content, to tell whether it changed. */
    hash: p.string().length(64),
    retireLe: p.datetime(3).nullable(),
  },
});

export const SessionRow = defineEntity({
  name: 'SessionRow',
  tableName: 'session',
  indexes: [{ name: 'session_formation_index', properties: ['formationId'] }],
  properties: {
    id: p.uuid().primary(),
    formationId: p.uuid(),
    actionId: p.uuid().index(),
    numero: p.string().length(255),
    numeroRecu: p.string().length(255).nullable(),
    /** LHÉO dates, AAAAMMJJ. */
    debut: p.string().length(8),
    fin: p.string().length(8),
    etatRecrutement: p.string().length(1).nullable(),
    rang: p.integer(),
    maj: p.string().length(10),
    creee: p.string().length(10),
    hash: p.string().length(64),
    retireLe: p.datetime(3).nullable(),
  },
});

export const DispositifRow = defineEntity({
  name: 'DispositifRow',
  tableName: 'dispositif',
  properties: {
    id: p.uuid().primary(),
    sessionId: p.uuid().index(),
    formationId: p.uuid().index(),
    codeFinanceur: p.string().length(10),
    nbPlaces: p.integer().nullable(),
    debutValidite: p.string().length(10).nullable(),
    finValidite: p.string().length(10).nullable(),
    origine: p.string().length(10),
    rang: p.integer(),
    retireLe: p.datetime(3).nullable(),
  },
});

/** The CPF marking of a session with its proof; never reads the clock. */
export const CpfMarking = defineEntity({
  name: 'CpfMarking',
  tableName: 'cpf_marking',
  properties: {
    sessionId: p.uuid().primary(),
    formationId: p.uuid().index(),
    answer: p.string().length(10),
    code: p.string().length(20).nullable(),
    source: p.string().length(120).nullable(),
    debut: p.string().length(10).nullable(),
    fin: p.string().length(10).nullable(),
    proof: p.json<unknown>(),
    /** Versions of the tables that it was computed from. */
    inputs: p.string().length(64),
    computedAt: p.datetime(3).defaultRaw('now()'),
  },
});
