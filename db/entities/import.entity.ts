import { defineEntity, p } from '@mikro-orm/core';
import { IMPORT_MODES } from '../../domain/model/vocabulary.ts';

/** One received file and its report. */
export const ImportRow = defineEntity({
  name: 'ImportRow',
  tableName: 'import',
  rowLevelSecurity: 'force',
  policies: [
    { name: 'worker_all', roles: ['sofi_worker'], using: 'true', check: 'true' },
    {
      name: 'api_own',
      roles: ['sofi_api'],
      using:
        "(select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or user_id = (select nullif(current_setting('sofi.user', true), ''))::uuid",
      check:
        "(select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or user_id = (select nullif(current_setting('sofi.user', true), ''))::uuid",
    },
  ],
  properties: {
    id: p.uuid().primary().defaultRaw('uuidv7()'),
    source: p.string().length(40),
    mode: p.enum([...IMPORT_MODES]).default('partiel'),
    dryRun: p.boolean().default(false),
    userId: p.uuid().index(),
    /** For an OF's own file: the organismes it may speak for. */
    organismes: p.json<string[]>().nullable(),
    nom: p.string().length(255).nullable(),
    taille: p.integer().default(0),
    sha256: p.string().length(64).nullable(),
    lheoVersion: p.string().length(4).nullable(),
    state: p.string().length(10).default('running'),
    error: p.json<unknown>().nullable(),
    /** Formations already done with: where a resumed run goes on. */
    cursor: p.integer().default(0),
    read: p.integer().default(0),
    created: p.integer().default(0),
    changed: p.integer().default(0),
    unchanged: p.integer().default(0),
    mended: p.integer().default(0),
    warned: p.integer().default(0),
    absent: p.integer().default(0),
    refused: p.integer().default(0),
    organismesCreated: p.integer().default(0),
    organismesChanged: p.integer().default(0),
    organismesUnchanged: p.integer().default(0),
    startedAt: p.datetime(3).defaultRaw('now()'),
    finishedAt: p.datetime(3).nullable(),
  },
});

/** The received file, as inflated bytes in pieces, so that any worker can read it. */
export const ImportOctets = defineEntity({
  name: 'ImportOctets',
  tableName: 'import_octets',
  properties: {
    importId: () => p.manyToOne(ImportRow).mapToPk().primary().fieldName('import_id').deleteRule('cascade'),
    rang: p.integer().primary(),
    bytes: p.blob(),
  },
});

/** One remark or refusal of an import's report. */
export const ImportLine = defineEntity({
  name: 'ImportLine',
  tableName: 'import_line',
  properties: {
    importId: () => p.manyToOne(ImportRow).mapToPk().primary().fieldName('import_id').deleteRule('cascade'),
    rang: p.integer().primary(),
    kind: p.string().length(24),
    line: p.integer(),
    numero: p.string().length(255).nullable(),
    path: p.text(),
    code: p.string().length(60),
    values: p.json<unknown>().nullable(),
  },
});
