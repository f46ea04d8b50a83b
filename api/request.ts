import { isUtf8 } from 'node:buffer';
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import express, { type RequestHandler } from 'express';
import type { Logger } from 'pino';
import { pinoHttp } from 'pino-http';
import { SofiError } from '../domain/model/errors.ts';
import { loggedError } from '../domain/model/logged-error.ts';
import { asRequest } from './request-context.ts';

const JSON_LIMIT = 5 * 1024 * 1024;
const MAIL_LIMIT = 1024 * 1024;
const REQUEST_ID = /^[\w.-]{1,64}$/;

/** A body parser turns bad bytes into U+FFFD silently: refuse them before. */
function refuseBadUtf8(_req: IncomingMessage, _res: ServerResponse, bytes: Buffer): void {
  if (!isUtf8(bytes)) throw new SofiError('encodage');
}

/** The parser would first let all of a body come that says itself that it is too big. */
export const refuseBigBody: RequestHandler = (req, _res, next) => {
  next(Number(req.get('Content-Length') ?? 0) > JSON_LIMIT ? new SofiError('trop-gros') : undefined);
};

/** JSON bodies up to 5 MB; a document may hold a thousand sessions. */
export const jsonBody: RequestHandler = express.json({
  limit: JSON_LIMIT,
  strict: true,
  type: ['application/json', 'application/*+json'],
  verify: refuseBadUtf8,
});

/** Mails and reports on mails, as bytes, for the calls that take them: their encodings are theirs to say. */
export const MAIL_TYPES = ['message/rfc822', 'multipart/report', 'message/delivery-status', 'message/feedback-report'];
export const mailBody: RequestHandler = express.raw({ limit: MAIL_LIMIT, type: MAIL_TYPES });

/** Gives each request an id (the caller's `X-Request-Id` when it is sane) and its language. */
export const identifyRequest: RequestHandler = (req, res, next) => {
  const given = req.get('X-Request-Id');
  req.id = given !== undefined && REQUEST_ID.test(given) ? given : randomUUID();
  res.set('X-Request-Id', req.id);
  req.viewer = null;
  req.langue = req.acceptsLanguages(['fr', 'en']) === 'en' ? 'en' : 'fr';
  asRequest(req.id, next);
};

/** The address without its query, which may hold a search for a name, and without the token of a mail's link. */
function loggedPath(url: string | undefined): string {
  return (url ?? '').split('?')[0]?.replace(/^\/m\/.*/, '/m/…') ?? '';
}

/** One line per answer: method, path, status, time; never a header, a body, a name or a token. */
export function logRequests(log: Logger): RequestHandler {
  return pinoHttp({
    logger: log,
    genReqId: (req) => req.id,
    customProps: (req) => ({ requestId: req.id }),
    autoLogging: { ignore: (req) => /^\/(healthz|readyz|metrics)$/.test(req.url ?? '') },
    customLogLevel: (_req, res, error) => (error !== undefined || res.statusCode >= 500 ? 'error' : 'info'),
    serializers: {
      req: (req: { id: unknown; method: string; url: string }) => ({
        id: req.id,
        method: req.method,
        path: loggedPath(req.url),
      }),
      res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      // pino hands over its own rendering, with the error itself beside it.
      err: (rendered: { raw?: unknown }) => loggedError(rendered.raw ?? rendered),
    },
  });
}
