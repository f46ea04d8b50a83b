import { statfs } from 'node:fs/promises';
import type { ErrorRequestHandler } from 'express';
import { SofiError } from '../domain/model/errors.ts';
import { toRefusal } from './problems.ts';

const RETRY_AFTER_S = 30;
/** PostgreSQL stops where it cannot write its next log of 16 MB, and frees what it had begun of it. */
const LEAST_FREE = 32 * 1024 * 1024;
/** What a full disk looks like from here. */
const SYMPTOMS = new Set(['base-absente', 'temporal-absent', 'sans-worker']);

async function isFull(folder: string): Promise<boolean> {
  const found = await statfs(folder).catch(() => undefined);
  return found !== undefined && found.bavail * found.bsize < LEAST_FREE;
}

/** Tells a part that is away because the data folder's disk is full as `disque-plein`; passes every other error on. */
export function tellFullDisk(folder: string): ErrorRequestHandler {
  return async (error, req, _res, next) => {
    if (!SYMPTOMS.has(toRefusal(error).code) || !(await isFull(folder))) {
      next(error);
      return;
    }
    req.log?.error({ err: error }, 'a part is away: the disk is full');
    next(new SofiError('disque-plein', undefined, { retryAfter: RETRY_AFTER_S }));
  };
}
