import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../ops/test/database.ts';
import { type Database, openDatabase } from './connect.ts';

describe('the schema that the migrations make', () => {
  let test: TestDatabase;
  let db: Database;
  beforeAll(async () => {
    test = await createTestDatabase();
    db = await openDatabase({ url: test.url });
  });
  afterAll(async () => {
    await db.close();
    await test.drop();
  });

  it('is the one that the entities describe', async () => {
    expect((await db.orm.schema.getUpdateSchemaSQL()).trim()).toBe('');
  });
});
