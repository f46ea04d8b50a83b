import { defineEntity, p } from '@mikro-orm/core';

export const RELEASE_STATES = ['open', 'published', 'empty', 'failed', 'stopped'] as const;

/** One publication. At most one is open; one scheduled per Paris day. */
export const Release = defineEntity({
  name: 'Release',
  tableName: 'release',
  indexes: [
    {
      name: 'release_open_unique',
      expression: 'create unique index "release_open_unique" on "release" ((state = \'open\')) where state = \'open\'',
    },
    {
      name: 'release_day_unique',
      expression:
        'create unique index "release_day_unique" on "release" ("day") where scheduled and state in (\'open\', \'published\')',
    },
  ],
  properties: {
    n: p.integer().primary().autoincrement(),
    kind: p.string().length(12).default('normal'),
    scheduled: p.boolean().default(false),
    /** Paris date of the scheduled time, or of the request. */
    day: p.string().length(10),
    state: p.enum([...RELEASE_STATES]).default('open'),
    requestedBy: p.uuid().nullable(),
    workflowId: p.string().length(200).nullable(),
    step: p.string().length(20).default('freeze'),
    progress: p.json<Record<string, number>>().nullable(),
    openedAt: p.datetime(3).defaultRaw('now()'),
    switchedAt: p.datetime(3).nullable(),
    /** Counts, difference with the predecessor, what was kept out. */
    report: p.json<unknown>().nullable(),
    /** The manifest as served, with SHA-256 of each file. */
    manifest: p.json<unknown>().nullable(),
  },
});

/** The fiches that the open release is to change, frozen with what they are rendered from. */
export const ReleaseChange = defineEntity({
  name: 'ReleaseChange',
  tableName: 'release_change',
  properties: {
    releaseN: () => p.manyToOne(Release).mapToPk().primary().fieldName('release_n'),
    ficheId: p.uuid().primary(),
    /** `pending`, then `changed`, `same`, `deleted`, `absent` (was not in, is not in) or `kept` (kept out: its former bytes stay). */
    outcome: p.string().length(10).default('pending'),
    sha256: p.string().length(64).nullable(),
    reason: p.string().length(200).nullable(),
    versionN: p.integer().nullable(),
    /** What tells that a fiche must be rendered again; compared with `fiche_rendue`. */
    digest: p.string().length(32).default(''),
    /** What the version is rendered with: days per level, versions of organismes, CPF markings. */
    inputs: p.json<unknown>().nullable(),
    /** The key of `rendu`, once rendered. */
    inputHash: p.string().length(64).nullable(),
  },
});

/** What the last release that looked at a fiche saw of it: the next one takes up those whose digest differs or that are due. */
export const FicheRendue = defineEntity({
  name: 'FicheRendue',
  tableName: 'fiche_rendue',
  properties: {
    ficheId: p.uuid().primary(),
    releaseN: p.integer(),
    digest: p.string().length(32),
    outcome: p.string().length(10),
    reason: p.string().length(200).nullable(),
  },
});

/** Membership: the bytes of a fiche from one release to (excluded) another. */
export const ReleaseMember = defineEntity({
  name: 'ReleaseMember',
  tableName: 'release_member',
  indexes: [
    { name: 'release_member_to_index', properties: ['toRelease'] },
    {
      name: 'release_member_current_unique',
      expression:
        'create unique index "release_member_current_unique" on "release_member" ("fiche_id") where to_release is null',
    },
  ],
  properties: {
    ficheId: p.uuid().primary(),
    fromRelease: p.integer().primary(),
    toRelease: p.integer().nullable(),
    numero: p.string().length(255),
    kind: p.string().length(10),
    sha256: p.string().length(64),
    versionN: p.integer(),
    actions: p.integer().default(0),
    sessions: p.integer().default(0),
    /** Why it left: `echue`, `retiree`… */
    reason: p.string().length(40).nullable(),
  },
});

/** Exact bytes by SHA-256, with the schema's word on them. */
export const Octets = defineEntity({
  name: 'Octets',
  tableName: 'octets',
  properties: {
    sha256: p.string().length(64).primary(),
    bytes: p.blob(),
    valid: p.boolean(),
    faults: p.json<unknown>().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

/** The hash of what a fiche is rendered from → the SHA-256 of its bytes. */
export const Rendu = defineEntity({
  name: 'Rendu',
  tableName: 'rendu',
  properties: {
    inputHash: p.string().length(64).primary(),
    ficheId: p.uuid().index(),
    sha256: p.string().length(64),
    writerVersion: p.integer(),
    numero: p.string().length(255),
    actions: p.integer().default(0),
    sessions: p.integer().default(0),
    prochainChangement: p.string().length(10).nullable(),
  },
});
