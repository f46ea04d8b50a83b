import { parentPort } from 'node:worker_threads';
import type { LheoVersion } from '../grammar/shape.ts';
import { createSchema, type LheoSchema } from './schema.ts';

/** A file to judge, in `SchemaThread`'s words. */
export interface JudgeRequest {
  readonly id: number;
  readonly version: LheoVersion;
  readonly bytes: Uint8Array;
}

const schemas = new Map<LheoVersion, LheoSchema>();

parentPort?.on('message', ({ id, version, bytes }: JudgeRequest) => {
  const schema = schemas.get(version) ?? createSchema(version);
  schemas.set(version, schema);
  try {
    parentPort?.postMessage({ id, faults: schema.validate(bytes) });
  } catch (error) {
    parentPort?.postMessage({ id, error: String(error) });
  }
});
