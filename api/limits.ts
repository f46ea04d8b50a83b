import type { RequestHandler } from 'express';
import { rateLimit } from 'express-rate-limit';
import { SofiError } from '../domain/model/errors.ts';

const RECEIVE_MS = 30_000;
const LOGIN_WINDOW_MS = 60_000;
const LOGINS_PER_WINDOW = 300;

/** Cuts a caller whose small body has not come whole in 30 s; files have a longer limit of their own. */
export const receiveInTime: RequestHandler = (req, _res, next) => {
  if (req.complete) return next();
  const cut = setTimeout(() => req.destroy(), RECEIVE_MS);
  req.once('end', () => clearTimeout(cut)).once('close', () => clearTimeout(cut));
  next();
};

/** Round trips to the OpenID provider that one address may begin in a minute. */
export const limitLogins: RequestHandler = rateLimit({
  windowMs: LOGIN_WINDOW_MS,
  limit: LOGINS_PER_WINDOW,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: (_req, _res, next) =>
    next(new SofiError('trop-de-requetes', undefined, { retryAfter: LOGIN_WINDOW_MS / 1_000 })),
});

/** Links of mails that one address may open in a minute: a provider's scanners share few addresses. */
const LINKS_PER_WINDOW = 600;
export const limitLinks: RequestHandler = rateLimit({
  windowMs: LOGIN_WINDOW_MS,
  limit: LINKS_PER_WINDOW,
  standardHeaders: 'draft-8',
  legacyHeaders: false,
  handler: (_req, _res, next) =>
    next(new SofiError('trop-de-requetes', undefined, { retryAfter: LOGIN_WINDOW_MS / 1_000 })),
});
