import { connect } from 'node:net';
import pg from 'pg';
import { bilingual, StartFault } from '../services/faults.ts';

const WITHIN_MS = 5_000;

function unreachable(what: string, where: string, setting: string, why: string): StartFault {
  return new StartFault(
    bilingual(
      `${what} ne répond pas sur ${where} (${setting}) : ${why}`,
      `${what} does not answer on ${where} (${setting}): ${why}`,
    ),
  );
}

/** Rejects with a StartFault unless the database of DATABASE_URL lets us in and is PostgreSQL 18 or newer. */
export async function requireDatabase(url: string): Promise<void> {
  const where = new URL(url).host;
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: WITHIN_MS });
  client.on('error', () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query("select current_setting('server_version_num')::int / 10000 as major");
    if (Number(rows[0]?.major) < 18) throw new Error(`PostgreSQL ${rows[0]?.major} < 18`);
    await client.end();
  } catch (error) {
    throw unreachable('PostgreSQL', where, 'DATABASE_URL', error instanceof Error ? error.message : String(error));
  }
}

/** Rejects with a StartFault unless something listens at TEMPORAL_ADDRESS. */
export function requireTemporal(address: string): Promise<void> {
  const [host = '', port = ''] = address.split(/:(?=\d+$)/);
  return new Promise((resolve, reject) => {
    const socket = connect({ host, port: Number(port), timeout: WITHIN_MS });
    const refuse = (why: string): void => {
      socket.destroy();
      reject(unreachable('Temporal', address, 'TEMPORAL_ADDRESS', why));
    };
    socket.once('connect', () => {
      socket.destroy();
      resolve();
    });
    socket.once('timeout', () => refuse('timeout'));
    socket.once('error', (error) => refuse(error.message));
  });
}
