import { sql as raw } from 'kysely';
import type { CsvRow } from '../../domain/model/certifications.ts';
import { type Database, json, type Sql } from '../connect.ts';
import { quarantineReason, type ReferenceCounts } from './judge.ts';
import type { ReferenceKind } from './kinds.ts';

const BATCH = 2_000;
const STAGE = raw.table('reference_stage');

/** One file of a reference table. */
export interface ReferenceFile {
  readonly sha256: string;
  /** Day of the export, as its name or its time says. */
  readonly version: string;
  /** True when its companion says so; else its number of rows decides. */
  readonly saidComplete: boolean | undefined;
  readonly minRows: number | undefined;
  readonly rows: AsyncIterable<CsvRow>;
}

export interface ReferenceOutcome extends ReferenceCounts {
  readonly nom: string;
  readonly state: 'complete' | 'partial' | 'quarantine';
  /** Set when the last good table is kept. */
  readonly alerte?: string;
}

/**
 * Lays a file in its table in one transaction: new, changed and vanished rows only. A file that looks damaged leaves the
 * last good rows and an alert.
 */
export async function loadReference(db: Database, kind: ReferenceKind, file: ReferenceFile): Promise<ReferenceOutcome> {
  return db.asWorker(async (sql) => {
    const { read, unreadable } = await stage(sql, kind, file.rows);
    const counts = { read, unreadable, ...(await compare(sql, kind)) };
    const reason = quarantineReason(counts);
    if (reason !== undefined) {
      await quarantine(sql, kind, file, reason, unreadable);
      return { nom: kind.nom, state: 'quarantine', alerte: reason, ...counts };
    }
    const state = (file.saidComplete ?? read >= (file.minRows ?? kind.minRows)) ? 'complete' : 'partial';
    await replace(sql, kind);
    await keepVersion(sql, {
      nom: kind.nom,
      version: file.version,
      state,
      lignes: read,
      illisibles: unreadable,
      sha256: file.sha256,
    });
    return { nom: kind.nom, state, ...counts };
  });
}

async function stage(sql: Sql, kind: ReferenceKind, rows: AsyncIterable<CsvRow>) {
  await raw`create temporary table ${STAGE} (like ${raw.table(kind.table)} including indexes) on commit drop`.execute(
    sql,
  );
  let unreadable = 0;
  let batch: unknown[] = [];
  for await (const row of rows) {
    const parsed = kind.parse(row);
    if (parsed.kind === 'read') batch.push(parsed.value);
    else unreadable += 1;
    if (batch.length >= BATCH) {
      await insertBatch(sql, kind, batch);
      batch = [];
    }
  }
  await insertBatch(sql, kind, batch);
  const { rows: counted } = await raw<{ n: string }>`select count(*) as n from ${STAGE}`.execute(sql);
  return { read: Number(counted[0]?.n ?? 0), unreadable };
}

/** One of several rows with one key counts. */
async function insertBatch(sql: Sql, kind: ReferenceKind, batch: readonly unknown[]): Promise<void> {
  if (batch.length === 0) return;
  await raw`insert into ${STAGE} (${columnsOf(kind)})
    select distinct on (${keysOf(kind)}) ${columnsOf(kind)} from jsonb_to_recordset(${json(batch)}) as x(${raw.join(
      Object.entries(kind.columns).map(([name, type]) => raw`${raw.ref(name)} ${raw.raw(type)}`),
    )})
    on conflict (${keysOf(kind)}) do update set ${assignments(kind)}`.execute(sql);
}

async function compare(sql: Sql, kind: ReferenceKind): Promise<Pick<ReferenceCounts, 'before' | 'changed'>> {
  const { rows } = await raw<{ before: string; changed: string }>`
    select count(*) as before, count(*) filter (where s.* is null or t.* is distinct from s.*) as changed
    from ${raw.table(kind.table)} t left join ${STAGE} s using (${keysOf(kind)})`.execute(sql);
  return { before: Number(rows[0]?.before ?? 0), changed: Number(rows[0]?.changed ?? 0) };
}

async function replace(sql: Sql, kind: ReferenceKind): Promise<void> {
  const table = raw.table(kind.table);
  await raw`delete from ${table} t where not exists (select from ${STAGE} s where ${same(kind)})`.execute(sql);
  await raw`insert into ${table} as t (${columnsOf(kind)}) select ${columnsOf(kind)} from ${STAGE}
    on conflict (${keysOf(kind)}) do update set ${assignments(kind)} where t.* is distinct from excluded.*`.execute(
    sql,
  );
}

interface Version {
  readonly nom: string;
  readonly version: string;
  readonly state: string;
  readonly lignes: number;
  readonly illisibles: number;
  readonly sha256: string;
}

async function keepVersion(sql: Sql, row: Version): Promise<void> {
  const values = { ...row, loaded_at: new Date(), alerte: null };
  await sql
    .insertInto('referentiel')
    .values(values)
    .onConflict((conflict) => conflict.column('nom').doUpdateSet(values))
    .execute();
}

/** The row of the last good file stays and bears the alert; without one the table is in quarantine. */
async function quarantine(sql: Sql, { nom }: ReferenceKind, file: ReferenceFile, reason: string, illisibles: number) {
  const alerte = `fichier ${file.version} en quarantaine (${file.sha256.slice(0, 12)}) : ${reason}`;
  const first = { nom, version: file.version, state: 'quarantine', lignes: 0, illisibles, sha256: file.sha256, alerte };
  await sql
    .insertInto('referentiel')
    .values(first)
    .onConflict((conflict) => conflict.column('nom').doUpdateSet({ alerte }))
    .execute();
}

const columnsOf = (kind: ReferenceKind) => raw.join(Object.keys(kind.columns).map((name) => raw.ref(name)));
const keysOf = (kind: ReferenceKind) => raw.join(kind.key.map((name) => raw.ref(name)));
const same = (kind: ReferenceKind) =>
  raw.join(
    kind.key.map((name) => raw`s.${raw.ref(name)} = t.${raw.ref(name)}`),
    raw` and `,
  );
const assignments = (kind: ReferenceKind) =>
  raw.join(Object.keys(kind.columns).map((name) => raw`${raw.ref(name)} = excluded.${raw.ref(name)}`));
