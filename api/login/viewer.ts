import { timingSafeEqual } from 'node:crypto';
import type { Request, RequestHandler } from 'express';
import { hashToken } from '../../db/tokens.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { OPERATOR_EMAIL } from './demo-people.ts';
import { type Person, personByEmail, personById, personByTokenHash } from './people.ts';

const LOOPBACK = new Set(['127.0.0.1', '::1', '::ffff:127.0.0.1']);
const BEARER = /^Bearer ([\x21-\x7e]{1,200})$/;

/** True when the request comes from this machine itself, no proxy between. */
export function isLoopback(req: Request): boolean {
  return LOOPBACK.has(req.socket.remoteAddress ?? '') && req.get('X-Forwarded-For') === undefined;
}

/** The bearer token of a request; throws `jeton-invalide` when the header has another form. */
function bearerOf(req: Request): string | undefined {
  const header = req.get('Authorization');
  if (header === undefined) return undefined;
  const token = BEARER.exec(header)?.[1];
  if (token === undefined) throw new SofiError('jeton-invalide');
  return token;
}

/** True when the request shows the operator's secret. */
export function showsOperatorSecret({ settings }: Pick<ApiDeps, 'settings'>, req: Request): boolean {
  const token = BEARER.exec(req.get('Authorization') ?? '')?.[1];
  if (token === undefined || settings.operatorSecret === undefined) return false;
  const [given, due] = [token, settings.operatorSecret].map((text) => Buffer.from(hashToken(text), 'hex'));
  return given !== undefined && due !== undefined && timingSafeEqual(given, due);
}

async function whoAsks(deps: ApiDeps, req: Request): Promise<Person | null> {
  const token = bearerOf(req);
  if (token !== undefined) {
    const person = await deps.db.asViewer(null, (sql) =>
      isLoopback(req) && showsOperatorSecret(deps, req)
        ? personByEmail(sql, OPERATOR_EMAIL)
        : personByTokenHash(sql, hashToken(token)),
    );
    if (person === null) throw new SofiError('jeton-invalide');
    return person;
  }
  const userId = req.session?.userId;
  return userId === undefined ? null : deps.db.asViewer(null, (sql) => personById(sql, userId));
}

/** Says who asks, by token or login cookie; a token that is not valid is refused, nobody is `null`. */
export function recogniseViewer(deps: ApiDeps): RequestHandler {
  return async (req, _res, next) => {
    req.person = await whoAsks(deps, req);
    req.viewer = req.person;
    if (req.person !== null && req.get('Accept-Language') === undefined) {
      req.langue = req.person.langue === 'en' ? 'en' : 'fr';
    }
    next();
  };
}

declare global {
  namespace Express {
    interface Request {
      /** The viewer with what only the API shows of them. */
      person: Person | null;
    }
  }
}

declare module 'express-session' {
  interface SessionData {
    userId: string;
    /** What the round trip to the OpenID provider must bring back. */
    oidc: { state: string; nonce: string; verifier: string; returnTo: string };
  }
}
