import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { statementName } from './prepared.ts';

/** Whose rights a transaction has, and what its row-level security reads. */
export interface Session {
  readonly role: string;
  readonly variables: Readonly<Record<string, string>>;
  /** How long each of its statements may last, in ms; default: the connection's. */
  readonly patienceMs?: number;
}

/** The driver hears of a time-out first from the server. */
const SERVER_FIRST_MS = 1_000;

/** The patience of the transaction that a connection is in. */
const patience = new WeakMap<pg.PoolClient, number>();
const dialects = new WeakMap<pg.PoolClient, Kysely<unknown>>();

/** Kysely bound to one connection, made once for each. */
function kyselyOn<DB>(client: pg.PoolClient): Kysely<DB> {
  let bound = dialects.get(client);
  if (bound === undefined) {
    const query = (text: string, values: unknown[]) => {
      const name = values.length === 0 ? undefined : statementName(text);
      const patienceMs = patience.get(client);
      const wait = patienceMs === undefined ? {} : { query_timeout: patienceMs + SERVER_FIRST_MS };
      return client.query({ ...wait, ...(name === undefined ? {} : { name }), text, values });
    };
    const held = { query, release: () => undefined };
    const pool = { connect: async () => held, end: async () => undefined, options: {} };
    bound = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool as never }) });
    dialects.set(client, bound);
  }
  return bound as Kysely<DB>;
}

/** Transaction, role and variables in one question: each of the many short transactions saves two round trips. */
function openingOf({ role, variables, patienceMs }: Session): string {
  const set = Object.entries(variables).map(
    ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
  );
  const told = set.length === 0 ? '' : `; select ${set.join(', ')}`;
  const wait = patienceMs === undefined ? '' : `; set local statement_timeout = ${patienceMs}`;
  return `begin; set local role ${pg.escapeIdentifier(role)}${wait}${told}`;
}

/**
 * Runs `work` in one transaction on a connection of its own. A connection that cannot even roll back is thrown away, and a
 * commit that the server turned into a roll-back, because `work` swallowed an error, is an error too.
 */
export async function inTransaction<DB, T>(
  pool: pg.Pool,
  session: Session,
  work: (sql: Kysely<DB>) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  if (session.patienceMs !== undefined) patience.set(client, session.patienceMs);
  try {
    await client.query(openingOf(session));
    const result = await work(kyselyOn<DB>(client));
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') throw new Error('Cannot commit: an error inside the transaction was passed over');
    return result;
  } catch (error) {
    await client.query('rollback').catch((failure: Error) => {
      broken = failure;
    });
    throw error;
  } finally {
    patience.delete(client);
    client.release(broken);
  }
}
