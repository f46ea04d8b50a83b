import { afterAll } from '@jest/globals';
import type { LheoVersion } from '../../grammar/shape.ts';
import { LheoSchema } from '../schema.ts';

const held: LheoSchema[] = [];

afterAll(() => {
  for (const schema of held.splice(0)) schema.dispose();
});

/** A compiled schema that lives until the test file ends: the grammar's, or the one given. */
export function schemaFor(version: LheoVersion, xsd?: string): LheoSchema {
  const schema = new LheoSchema(version, xsd);
  held.push(schema);
  return schema;
}
