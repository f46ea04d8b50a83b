import { existsSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import express, { type RequestHandler, Router } from 'express';
import { SofiError } from '../domain/model/errors.ts';

const DIST = resolve(dirname(fileURLToPath(import.meta.url)), '../admin-ui/dist');
const YEAR_MS = 365 * 24 * 3_600_000;

/** Pages of a face are one document; its own router reads the rest of the address. */
function document(folder: string): RequestHandler {
  const file = resolve(folder, 'index.html');
  return (req, res, next) => {
    if (req.method !== 'GET' && req.method !== 'HEAD') return next();
    if (/\.[a-z0-9]{1,5}$/i.test(req.path)) return next();
    if (!existsSync(file)) throw new SofiError('introuvable', 'The screens are not built', { detail: 'npm start' });
    res.set('Cache-Control', 'no-cache').sendFile(file);
  };
}

/** The built screens: `/console/` and `/of/`, their assets for a year (names carry a hash), their documents never. */
export function screensRouter(): Router {
  const router = Router({ strict: true });
  const assets = express.static(resolve(DIST, 'console/assets'), { immutable: true, maxAge: YEAR_MS, index: false });
  router.use('/console/assets', assets);
  for (const face of ['console', 'of']) {
    router.get(`/${face}`, (_req, res) => res.redirect(301, `/${face}/`));
    router.use(
      `/${face}`,
      express.static(resolve(DIST, face), { index: false, maxAge: 0 }),
      document(resolve(DIST, face)),
    );
  }
  return router;
}
