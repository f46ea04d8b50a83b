import { Kysely, PostgresDialect } from 'kysely';
import pg from 'pg';
import { statementName } from './prepared.ts';

/** Whose rights a transaction has, and what its row-level security reads. */
export interface Session {
  readonly role: string;
  readonly variables: Readonly<Record<string, string>>;
}

const dialects = new WeakMap<pg.PoolClient, Kysely<unknown>>();

/** Kysely bound to one connection, made once for each. */
function kyselyOn<DB>(client: pg.PoolClient): Kysely<DB> {
  let bound = dialects.get(client);
  if (bound === undefined) {
    const query = (text: string, values: unknown[]) => {
      const name = values.length === 0 ? undefined : statementName(text);
      return client.query(name === undefined ? { text, values } : { name, text, values });
    };
    const held = { query, release: () => undefined };
    const pool = { connect: async () => held, end: async () => undefined, options: {} };
    bound = new Kysely<unknown>({ dialect: new PostgresDialect({ pool: pool as never }) });
    dialects.set(client, bound);
  }
  return bound as Kysely<DB>;
}

/** Transaction, role and variables in one question: each of the many short transactions saves two round trips. */
function openingOf({ role, variables }: Session): string {
  const set = Object.entries(variables).map(
    ([name, value]) => `set_config(${pg.escapeLiteral(name)}, ${pg.escapeLiteral(value)}, true)`,
  );
  const told = set.length === 0 ? '' : `; select ${set.join(', ')}`;
  return `begin; set local role ${pg.escapeIdentifier(role)}${told}`;
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
    client.release(broken);
  }
}
