import { MikroORM } from '@mikro-orm/postgresql';
import { databaseConfig } from './connect.ts';

/**
 * Brings the database to the newest schema; several callers at once wait for each other. Returns the names of the
 * migrations that ran.
 */
export async function migrate(databaseUrl: string): Promise<string[]> {
  const orm = await MikroORM.init(
    databaseConfig({ url: databaseUrl, name: 'sofi-migrate', statementTimeoutMs: 600_000, poolMax: 2 }),
  );
  try {
    const ran = await orm.migrator.up();
    return ran.map((migration) => migration.name);
  } finally {
    await orm.close(true);
  }
}
