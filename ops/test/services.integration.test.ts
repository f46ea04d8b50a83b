import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { createTestDatabase, type TestDatabase } from './database.ts';

describe('a database of a test', () => {
  const databases: TestDatabase[] = [];
  beforeAll(async () => {
    databases.push(...(await Promise.all([createTestDatabase(), createTestDatabase()])));
  });
  afterAll(() => Promise.all(databases.map((database) => database.drop())));

  it('has the tables of the newest schema, and shares nothing with the next one', async () => {
    const counts = await Promise.all(
      databases.map(async ({ url }, index) => {
        const client = new pg.Client({ connectionString: url });
        await client.connect();
        try {
          await client.query(`create table only_${index} (n int)`);
          const { rows } =
            await client.query(`select count(*)::int as n, count(*) filter (where tablename like 'only\\_%')::int as own
            from pg_tables where schemaname = 'public'`);
          return rows[0];
        } finally {
          await client.end();
        }
      }),
    );
    for (const { n, own } of counts) {
      expect(own).toBe(1);
      expect(n).toBeGreaterThan(5);
    }
  });
});
