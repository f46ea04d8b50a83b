import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { isHttpError } from 'http-errors';
import type { Problem } from '../domain/contract/common.ts';
import { type ErrorCode, type ErrorDetails, errorCodeOf, errorEntry, SofiError } from '../domain/model/errors.ts';
import type { Lang } from '../domain/model/words.ts';
import { describeIssue, type FieldIssue } from './issues.ts';

/** A refused caller may go on sending for so long. */
const LINGER_MS = 5_000;

/** Members of a problem that a refusal's details may not replace. */
const RESERVED = new Set([
  'type',
  'code',
  'title',
  'status',
  'detail',
  'mend',
  'requestId',
  'errors',
  'issues',
  'retryAfter',
]);

/** What parsers, routers and drivers throw that is not of the catalogue. */
function codeOfForeign(error: unknown): ErrorCode {
  const { type, code } = (typeof error === 'object' && error !== null ? error : {}) as {
    type?: unknown;
    code?: unknown;
  };
  if (type === 'entity.too.large' || type === 'parameters.too.many') return 'trop-gros';
  if (type === 'entity.parse.failed') return 'json-invalide';
  if (type === 'entity.verify.failed') return 'encodage';
  if (type === 'charset.unsupported' || type === 'encoding.unsupported') return 'encodage-inconnu';
  if (error instanceof URIError) return 'parametre-invalide';
  if (code === 'EBADCSRFTOKEN') return 'csrf';
  if (code === 'ENOSPC' || code === DISK_FULL) return 'disque-plein';
  if (isDatabaseAway(code, error)) return 'base-absente';
  if (isHttpError(error) && error.status < 500) return error.status === 404 ? 'introuvable' : 'corps-invalide';
  return 'interne';
}

/** What PostgreSQL says of its own disk. */
const DISK_FULL = '53100';
const AWAY = new Set(['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EPIPE', '57P01', '57P02', '57P03', '53300']);

function isDatabaseAway(code: unknown, error: unknown): boolean {
  if (typeof code === 'string' && AWAY.has(code)) return true;
  const message = error instanceof Error ? error.message : '';
  return /connection terminated|timeout exceeded when trying to connect|query read timeout/i.test(message);
}

/** The refusal that an error of any class stands for. */
export function toRefusal(error: unknown): { readonly code: ErrorCode; readonly details: ErrorDetails } {
  const code = errorCodeOf(error);
  if (code === undefined) return { code: codeOfForeign(error), details: {} };
  return { code, details: error instanceof SofiError ? error.details : {} };
}

/** The RFC 9457 document of a refusal, in one language. */
export function problemOf(code: ErrorCode, details: ErrorDetails, langue: Lang, requestId?: string): Problem {
  const entry = errorEntry(code);
  const extras = Object.fromEntries(Object.entries(details).filter(([key]) => !RESERVED.has(key)));
  const issues = details.issues as readonly FieldIssue[] | undefined;
  return {
    ...extras,
    type: `urn:sofi:probleme:${code}`,
    code,
    title: entry.title[langue],
    status: entry.status,
    mend: entry.mend[langue],
    ...(typeof details.detail === 'string' ? { detail: details.detail } : {}),
    ...(requestId === undefined ? {} : { requestId }),
    ...(issues === undefined ? {} : { errors: issues.map((issue) => describeIssue(issue, langue)) }),
  };
}

const langueOf = (req: Request): Lang => req.langue ?? 'fr';

/** The HTTP border: every error leaves as a problem; what is unknown is logged and says nothing of the inside. */
export const errorBorder: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) {
    next(error);
    return;
  }
  const { code, details } = toRefusal(error);
  const problem = problemOf(code, details, langueOf(req), typeof req.id === 'string' ? req.id : undefined);
  if (problem.status >= 500) req.log?.error({ err: error, code }, 'request failed');
  const retryAfter = typeof details.retryAfter === 'number' ? details.retryAfter : problem.status === 503 ? 5 : 0;
  if (retryAfter > 0) res.set('Retry-After', String(retryAfter));
  if (problem.status === 401) res.set('WWW-Authenticate', 'Bearer realm="sofi"');
  res.status(problem.status).type('application/problem+json');
  const body = JSON.stringify(problem);
  if (req.complete) res.send(body);
  else sendEarly(req, res, body);
};

/** Answers at once and lets the rest of the request come: a caller who still sends when the connection closes never reads why. */
function sendEarly(req: Request, res: Response, body: string): void {
  res.set('Content-Length', String(Buffer.byteLength(body))).write(body);
  const end = () => {
    clearTimeout(late);
    if (!res.writableEnded) res.end();
  };
  const late = setTimeout(end, LINGER_MS);
  req.once('end', end).once('close', end).unpipe();
  req.resume();
}

/** The last door: nothing is at this address. */
export const notFound: RequestHandler = () => {
  throw new SofiError('introuvable');
};
