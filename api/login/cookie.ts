import connectPgSimple from 'connect-pg-simple';
import { csrfSync } from 'csrf-sync';
import type { RequestHandler } from 'express';
import session from 'express-session';
import type { Pool } from 'pg';
import type { ApiSettings } from '../settings.ts';

export const LOGIN_COOKIE = 'sofi.login';
const LIFE_MS = 12 * 3_600_000;
const PRUNE_EVERY_S = 900;

/** Server-side logins: the cookie holds a signed random id, the table `login` the rest; 12 hours after the last use. */
export function loginCookie(
  settings: ApiSettings,
  pool: Pool,
): { readonly handler: RequestHandler; readonly close: () => void } {
  const Store = connectPgSimple(session);
  const store = new Store({ pool, tableName: 'login', pruneSessionInterval: PRUNE_EVERY_S });
  const handler = session({
    name: LOGIN_COOKIE,
    secret: settings.loginSecret,
    store,
    resave: false,
    saveUninitialized: false,
    rolling: false,
    unset: 'destroy',
    proxy: settings.publicUrl.startsWith('https:'),
    cookie: {
      httpOnly: true,
      sameSite: 'lax',
      secure: settings.publicUrl.startsWith('https:'),
      maxAge: LIFE_MS,
      path: '/',
    },
  });
  return { handler, close: () => store.close() };
}

const { csrfSynchronisedProtection, generateToken } = csrfSync({
  getTokenFromRequest: (req) => req.get('X-CSRF-Token'),
  /** A bearer token is never sent by a browser on its own. */
  skipCsrfProtection: (req) => req.get('Authorization') !== undefined || req.session.userId === undefined,
});

/** Refuses a write with a login cookie that does not show the token of `/me` (`X-CSRF-Token`). */
export const csrfProtection: RequestHandler = csrfSynchronisedProtection;
/** The token of this login, made at the first call. */
export const csrfTokenOf = generateToken;
