import { z } from 'zod';
import { IMPORT_SORTS, listImports, readImport, readLines } from '../db/imports/report.ts';
import { texte, uuid } from '../domain/contract/common.ts';
import { importReport } from '../domain/contract/import.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import {
  IMPORT_MODES,
  IMPORT_SOURCES,
  type ImportMode,
  type ImportSource,
  type Role,
} from '../domain/model/vocabulary.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { receiveFile } from './imports/receive.ts';
import { reportDto } from './imports/report-dto.ts';
import { startImport } from './imports/start-import.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf } from './lists.ts';

const STATES = ['running', 'done', 'failed'] as const;

const query = z.strictObject({
  source: texte(40).optional(),
  mode: z.enum(IMPORT_MODES).default('partiel'),
  dryRun: z.enum(['0', '1', 'false', 'true']).default('0'),
});

/** An OF speaks for itself; the Cariforef names a declared flow (interface.md §3). */
function sourceFor(role: Role, asked: string | undefined): ImportSource {
  if (role === 'of') {
    if (asked !== undefined && asked !== 'fichier') throw new SofiError('interdit', undefined, { source: asked });
    return 'fichier';
  }
  const source = asked ?? 'intercarif';
  if (source === 'fichier' || !Object.hasOwn(IMPORT_SOURCES, source)) {
    throw new SofiError('source-inconnue', undefined, { source });
  }
  return source as ImportSource;
}

/** A file's silence is a withdrawal only from a source that is declared to send everything. */
function requireMode(source: ImportSource, mode: ImportMode): void {
  if (mode === 'complet' && !IMPORT_SOURCES[source].complet) throw new SofiError('mode-interdit', undefined, { mode });
}

const sendFile = endpoint({
  method: 'post',
  path: '/imports',
  summary: 'Sends a LHÉO file, raw or in a form, plain, gzip or zip',
  tag: 'imports',
  access: ['create', 'import'],
  query,
  answers: { 202: importReport },
  async handle({ deps, req, viewer, langue, query: { source: asked, mode, dryRun } }) {
    const source = sourceFor(viewer.role, asked);
    requireMode(source, mode);
    const id = await receiveFile(req, deps.db, viewer, { source, mode, dryRun: dryRun === '1' || dryRun === 'true' });
    await startImport(deps, viewer, id);
    const row = await deps.db.asViewer(viewer, (sql) => readImport(sql, id));
    if (row === undefined) throw new SofiError('introuvable');
    return { status: 202, headers: { Location: `/api/v1/imports/${id}` }, body: reportDto(row, [], langue) };
  },
});

const readOne = endpoint({
  method: 'get',
  path: '/imports/{id}',
  summary: 'The report of an import, while it runs and after',
  tag: 'imports',
  access: ['read', 'import'],
  params: z.strictObject({ id: uuid }),
  answers: { 200: importReport },
  async handle({ deps, viewer, langue, params: { id } }) {
    return deps.db.asViewer(viewer, async (sql) => {
      const row = await readImport(sql, id);
      if (row === undefined) throw new SofiError('introuvable');
      return { body: reportDto(row, await readLines(sql, id), langue) };
    });
  },
});

const list = listEndpoints({
  path: '/imports',
  noun: 'imports',
  summary: 'Imports, the newest first, without their lines',
  tag: 'imports',
  access: ['read', 'import'],
  filter: z.strictObject({ source: anyOf(texte(40)).optional(), state: anyOf(z.enum(STATES)).optional() }),
  sorts: IMPORT_SORTS,
  first: ['startedAt', 'desc'],
  row: importReport,
  read: async ({ deps, viewer, langue }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => listImports(sql, asked));
    return { rows: rows.map((row) => reportDto(row, [], langue)), total };
  },
});

/** `POST /imports`, `GET /imports` and `GET /imports/{id}`. */
export const importsEndpoints: readonly Endpoint[] = [sendFile, ...list, readOne];
