import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface TestDatabase {
  readonly url: string;
  /** Drops it, whoever is still connected. */
  drop: () => Promise<void>;
}

async function asAdmin(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: testDatabaseServer() });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** Connection address of the run's own PostgreSQL, as its superuser; throws outside an integration or workflow run. */
export function testDatabaseServer(): string {
  const url = process.env.SOFI_TEST_DATABASE_URL;
  if (url === undefined)
    throw new Error('Cannot find the PostgreSQL of the tests: run with jest.integration.mjs or jest.workflow.mjs');
  return url;
}

/** A migrated, empty database of one's own, copied from the run's template in well under a second. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const name = `test_${randomBytes(8).toString('hex')}`;
  await asAdmin(`create database ${name} template sofi_template strategy file_copy`);
  const url = new URL(testDatabaseServer());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => asAdmin(`drop database if exists ${name} with (force)`) };
}
