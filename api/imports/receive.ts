import type { Request } from 'express';
import type { Database, Viewer } from '../../db/connect.ts';
import { type ImportRequest, ReceivedFile } from '../../db/imports/received-file.ts';
import { requestOfLine } from '../request-context.ts';
import { inflated } from './inflate.ts';
import { RECEIVE_LIMITS, type ReceiveLimits, Weight } from './limits.ts';
import { readThrough } from './read-through.ts';
import { sentFile } from './sent-file.ts';

/**
 * Takes a request's file in: read through while it is stored, visible only after its last byte. Gives the import's id;
 * throws the refusal of a bad file and leaves nothing of it.
 */
export async function receiveFile(
  req: Request,
  db: Database,
  viewer: Viewer,
  asked: Omit<ImportRequest, 'nom'>,
  limits: ReceiveLimits = RECEIVE_LIMITS,
): Promise<string> {
  const { bytes, nom } = await sentFile(req);
  const weight = new Weight(limits);
  const file = new ReceivedFile(db, viewer, { ...asked, nom });
  try {
    const facts = await readThrough(file.kept(inflated(held(bytes), weight, limits.zipEntries)));
    return await file.finish({ version: facts.version, taille: weight.sent, ...requestOfLine() });
  } catch (error) {
    await file.discard();
    throw error;
  }
}

/** The same bytes; ending early does not cut the connection, so that the answer still reaches who sends. */
async function* held(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const iterator =
    'iterator' in bytes && typeof bytes.iterator === 'function'
      ? (bytes.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>)
      : bytes;
  yield* iterator;
}
