import type { Request } from 'express';
import { SofiError } from '../../domain/model/errors.ts';
import type { HeldRelease, HeldReleases } from './held-releases.ts';

/** How long a request waits for files that are being made before it is asked to come back. */
const PATIENCE_MS = 2_000;

export const preparing = () => new SofiError('flux-en-preparation', undefined, { retryAfter: 2 });

/** What `work` gives within the patience of a request; later, the work goes on and the asker comes back. */
export async function within<T>(work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(preparing()), PATIENCE_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
    work.catch(() => undefined);
  }
}

/** A release number in the query; undefined when absent, `parametre-invalide` when it is none. */
export function numberOf(req: Request, name: string): number | undefined {
  const value = req.query[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^[1-9]\d{0,8}$/.test(value))
    throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: `/${name}`, code: 'invalide' }] });
  return Number(value);
}

/** The newest release this API holds whole; 404 without any, 503 while the first one is being made. */
export async function newest(held: HeldReleases): Promise<HeldRelease> {
  if (held.current === undefined) {
    await within(held.refresh()).catch((error: unknown) => {
      throw held.known === undefined ? error : preparing();
    });
  }
  if (held.current !== undefined) return held.current;
  throw held.known === undefined ? new SofiError('pas-de-release') : preparing();
}
