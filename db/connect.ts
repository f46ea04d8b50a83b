import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM } from '@mikro-orm/postgresql';
import type { InferKyselyDB } from '@mikro-orm/sql';
import { type Kysely, sql } from 'kysely';
import pg from 'pg';
import type { Role } from '../domain/model/vocabulary.ts';
import { entities } from './entities/index.ts';
import { API_ROLE, SESSION_ORGANISMES, SESSION_ROLE, SESSION_USER, WORKER_ROLE } from './entities/roles.ts';
import { MIGRATIONS } from './migrations/index.ts';
import { Pulse } from './pulse.ts';
import { inTransaction, type Session } from './transaction.ts';

export interface DatabaseOptions {
  readonly url: string;
  /** Connections at most; default 10. */
  readonly poolMax?: number;
  /** Longest statement, in ms; default 15 000. The library itself sets none. */
  readonly statementTimeoutMs?: number;
  /** Shown by the server in `pg_stat_activity`. */
  readonly name?: string;
  /** For processes that people wait on: `base-absente` within 2.5 s when the server falls silent. */
  readonly answersInTime?: boolean;
}

/** The tables as Kysely sees them. */
export type Tables = InferKyselyDB<(typeof entities)[number]>;
/** Queries within one transaction and one wall. */
export type Sql = Kysely<Tables>;

const TIMESTAMPTZ = 1184;

/** Instants come as Dates, as the types of the tables say; MikroORM alone would leave them texts. */
const TYPES = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') =>
    oid === TIMESTAMPTZ && format !== 'binary'
      ? (text: string) => new Date(text)
      : pg.types.getTypeParser(oid, format ?? 'text'),
};

/** For statements over a whole offer, of fifteen regions too. */
const AT_LENGTH_MS = 30 * 60_000;

/** What MikroORM is told, at run time and by its CLI. */
export function databaseConfig(options: DatabaseOptions) {
  const statementTimeout = options.statementTimeoutMs ?? 15_000;
  return defineConfig({
    entities: [...entities],
    clientUrl: options.url,
    extensions: [Migrator],
    forceUtcTimezone: true,
    migrations: {
      migrationsList: MIGRATIONS,
      path: 'db/migrations',
      pathTs: 'db/migrations',
      snapshot: false,
      transactional: true,
      silent: true,
    },
    schemaGenerator: { skipTables: ['login'] },
    pool: { min: 0, max: options.poolMax ?? 10 },
    driverOptions: {
      application_name: options.name ?? 'sofi',
      statement_timeout: statementTimeout,
      query_timeout: statementTimeout + 1_000,
      connectionTimeoutMillis: 4_000,
      idle_in_transaction_session_timeout: 30_000,
      types: TYPES,
    },
  });
}

/** Opens the pool; throws when the server does not answer. */
export async function openDatabase(options: DatabaseOptions): Promise<Database> {
  const orm = await MikroORM.init(databaseConfig(options));
  return new Database(orm, options.answersInTime === true ? new Pulse(options.url) : undefined);
}

/** Who asks, for the wall of row-level security. */
export interface Viewer {
  readonly userId: string;
  readonly role: Role;
  readonly organismes: readonly string[];
}

/** The database, entered by one of two doors: as a worker (in front of the wall) or for a viewer (behind it). */
export class Database {
  readonly orm: Awaited<ReturnType<typeof MikroORM.init>>;
  readonly #pulse: Pulse | undefined;

  constructor(orm: Awaited<ReturnType<typeof MikroORM.init>>, pulse?: Pulse) {
    this.orm = orm;
    this.#pulse = pulse;
  }

  /** One transaction with the workers' rights. */
  asWorker<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#run({ role: WORKER_ROLE, variables: {} }, work);
  }

  /** The same over a whole offer: each statement may last half an hour, where the others are ended after seconds. */
  asWorkerAtLength<T>(work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#run({ role: WORKER_ROLE, variables: {}, patienceMs: AT_LENGTH_MS }, work);
  }

  /** One transaction in which only what the viewer may see exists; `null` is nobody. */
  asViewer<T>(viewer: Viewer | null, work: (sql: Sql) => Promise<T>): Promise<T> {
    return this.#run(
      {
        role: API_ROLE,
        variables: {
          [SESSION_USER]: viewer?.userId ?? '',
          [SESSION_ROLE]: viewer?.role ?? '',
          [SESSION_ORGANISMES]: viewer?.organismes.join(',') ?? '',
        },
      },
      work,
    );
  }

  async #run<T>(session: Session, work: (sql: Sql) => Promise<T>): Promise<T> {
    const pool = await this.pool();
    const run = () => inTransaction<Tables, T>(pool, session, work);
    return this.#pulse === undefined ? run() : this.#pulse.within(run);
  }

  /** The connections themselves, for figures: how many are open, idle and waited for. */
  pool(): Promise<pg.Pool> {
    return this.orm.em.getConnection().getNativeClient() as Promise<pg.Pool>;
  }

  async close(): Promise<void> {
    this.#pulse?.close();
    await this.orm.close(true);
  }
}

/** A value for a jsonb column: the driver would turn a top-level array into a PostgreSQL array. */
export function json<T>(value: T) {
  return sql<T>`${JSON.stringify(value)}::jsonb`;
}

/**
 * Many rows for `as x(column type, …)`: one parameter, read row by row. For rows of plain columns; a large document is
 * read faster as `json` above.
 */
export function recordset(rows: readonly unknown[]) {
  return sql`json_to_recordset(${JSON.stringify(rows)}::json)`;
}
