import { defineEntity, p } from '@mikro-orm/core';
import { TRACE_KINDS } from '../../domain/model/removed-traces.ts';

/**
 * `stopped`: the circuit breaker waits for an administrator; `held`: prepared while publication is on hold after a
 * roll-back; `tried`: a dry run.
 */
export const RELEASE_STATES = ['open', 'published', 'empty', 'failed', 'stopped', 'held', 'tried'] as const;

/** Who did something to a release, when and why. */
export interface ReleaseAct {
  readonly by: string;
  readonly at: string;
  readonly reason: string;
}

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
        "create unique index \"release_day_unique\" on \"release\" (\"day\") where scheduled and state in ('open', 'published', 'empty', 'stopped', 'held')",
    },
  ],
  properties: {
    n: p.integer().primary().autoincrement(),
    kind: p.string().length(12).default('normal'),
    scheduled: p.boolean().default(false),
    /** Prepares and reports, never switches. */
    dryRun: p.boolean().default(false),
    /** The release whose set a roll-back brings back. */
    target: p.integer().nullable(),
    /** Present while it waits between two pages. */
    paused: p.json<ReleaseAct>().nullable(),
    /** Present when an administrator lets it pass the circuit breaker. */
    forced: p.json<ReleaseAct>().nullable(),
    /** A switched roll-back holds publication until this is present. */
    holdLifted: p.json<ReleaseAct>().nullable(),
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
    /** PEM of the key that proves the manifest. */
    publicKey: p.text().nullable(),
  },
});

/** The fiches that the open release is to change, frozen with what they are rendered from. */
export const ReleaseChange = defineEntity({
  name: 'ReleaseChange',
  tableName: 'release_change',
  indexes: [
    {
      name: 'release_change_pending_index',
      expression: `create index "release_change_pending_index" on "release_change" ("release_n", "fiche_id") where outcome = 'pending'`,
    },
  ],
  properties: {
    releaseN: () => p.manyToOne(Release).mapToPk().primary().fieldName('release_n'),
    ficheId: p.uuid().primary(),
    /** `pending`, then `changed`, `same`, `deleted`, `absent` (was not in, is not in) or `kept` (kept out: its former bytes stay). */
    outcome: p.string().length(10).default('pending'),
    sha256: p.string().length(64).nullable(),
    reason: p.string().length(200).nullable(),
    /** Why what goes out is not the accepted version. */
    keptOut: p.string().length(200).nullable(),
    /** SHA-256 of the bytes that the offer held of it before. */
    beforeSha: p.string().length(64).nullable(),
    /** Other bytes by another writer alone. */
    reRendered: p.boolean().default(false),
    /** The version rendered: the accepted one, or the earlier one that stays. */
    versionN: p.integer().nullable(),
    /** The version that was accepted at the freeze. */
    acceptedN: p.integer().nullable(),
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
    writerVersion: p.integer().default(0),
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
      name: 'release_member_order_index',
      expression:
        'create index "release_member_order_index" on "release_member" ("kind", "numero" collate "C", "fiche_id")',
    },
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
    /** The key of `rendu`. */
    inputHash: p.string().length(64),
    actions: p.integer().default(0),
    sessions: p.integer().default(0),
    /** Why it left: `echue`, `retiree`… */
    reason: p.string().length(40).nullable(),
  },
});

/** Exact LHÉO 2.3 bytes by SHA-256, as one gzip member, with the schema's word on them. */
export const Octets = defineEntity({
  name: 'Octets',
  tableName: 'octets',
  properties: {
    sha256: p.string().length(64).primary(),
    gzip: p.blob(),
    valid: p.boolean(),
    faults: p.json<unknown>().nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
    /** A person was removed from the bytes: they no longer have this SHA-256. */
    effaceLe: p.datetime(3).nullable(),
  },
});

/** What other files of a release hold of the same content, as gzip members; LHÉO 2.2 only where it differs from 2.3. */
export const Morceau = defineEntity({
  name: 'Morceau',
  tableName: 'morceau',
  properties: {
    sha256: p.string().length(64).primary(),
    format: p.string().length(10).primary(),
    gzip: p.blob(),
  },
});

/** What an administrator settled for one formation: the release whose version stays, the day before which it waits. */
export const FichePublication = defineEntity({
  name: 'FichePublication',
  tableName: 'fiche_publication',
  properties: {
    ficheId: p.uuid().primary(),
    epingle: p.integer().nullable(),
    /** Paris day. */
    publieLe: p.string().length(10).nullable(),
    par: p.uuid(),
    at: p.datetime(3).defaultRaw('now()'),
  },
});

/** What cannot wait for the daily release: a fiche withdrawn at once, or a person to remove. */
export const Urgence = defineEntity({
  name: 'Urgence',
  tableName: 'urgence',
  indexes: [
    {
      name: 'urgence_waiting_index',
      expression: 'create index "urgence_waiting_index" on "urgence" ("id") where release_n is null',
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    kind: p.enum(['retrait', 'personne']),
    ficheId: p.uuid().nullable(),
    /** Who is removed; forgotten once done. */
    personne: p.json<unknown>().nullable(),
    motif: p.text().nullable(),
    par: p.uuid(),
    at: p.datetime(3).defaultRaw('now()'),
    /** The release that did it; 0 when none had to. */
    releaseN: p.integer().nullable(),
  },
});

/** Who asked to be removed, by hash: what names them later comes in and goes out without them. */
export const PersonneRetiree = defineEntity({
  name: 'PersonneRetiree',
  tableName: 'personne_retiree',
  properties: {
    empreinte: p.string().length(64).primary(),
    kind: p.enum([...TRACE_KINDS]),
    mots: p.integer(),
    tamis: p.integer(),
    at: p.datetime(3).defaultRaw('now()'),
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
    /** Last day (or null) of each session shown, by id. */
    fins: p.json<Record<string, string | null>>().nullable(),
  },
});
