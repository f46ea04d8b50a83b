import type { Request, Response, Router } from 'express';
import { z } from 'zod';
import type { Sql, Viewer } from '../db/connect.ts';
import { SofiError } from '../domain/model/errors.ts';
import type { RightAct, RightSubject } from '../domain/model/rights.ts';
import type { Lang } from '../domain/model/words.ts';
import type { Answer } from './answer.ts';
import type { ApiDeps } from './deps.ts';
import { onceByKey, type Phases, plainly } from './idempotency.ts';
import { issuesOf } from './issues.ts';
import { requireRight, requireViewer } from './rights.ts';

export type Method = 'get' | 'post' | 'put' | 'delete';

/** One request, parsed: `key` is its Idempotency-Key, `command` the same for the same user, route and key. */
export interface Call<P, Q, B> {
  readonly deps: ApiDeps;
  readonly req: Request;
  readonly viewer: Viewer;
  readonly langue: Lang;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly command: string;
}

/** Who may call: a right of the matrix, any login, or everybody (then `viewer` may be nobody's). */
export type Access = readonly [RightAct, RightSubject] | 'login' | 'public';

interface Described {
  readonly method: Method;
  /** In OpenAPI's form: `/soumissions/{id}`. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly access: Access;
  /** `required`: 428 without a key. `optional`: used when sent. */
  readonly idempotency?: 'required' | 'optional';
  readonly params?: z.ZodType;
  readonly query?: z.ZodType;
  readonly body?: z.ZodType;
  /** Media types of the bodies that it takes as they came, beside `body`. */
  readonly bytes?: readonly string[];
  /** Schema or sentence per status. */
  readonly answers: Readonly<Record<number, z.ZodType | string>>;
}

export interface Endpoint extends Described {
  readonly run: (deps: ApiDeps, req: Request, res: Response) => Promise<void>;
}

type Parts<P, Q, B> = { readonly params?: z.ZodType<P>; readonly query?: z.ZodType<Q>; readonly body?: z.ZodType<B> };
type Spec<P, Q, B, F> = Omit<Described, keyof Parts<P, Q, B>> &
  Parts<P, Q, B> & {
    /** What the call reads first, in the transaction that takes its key; what it refuses leaves nothing behind. */
    readonly find?: (sql: Sql, call: Omit<Call<P, Q, B>, 'command'>) => Promise<F>;
    readonly handle: (call: Call<P, Q, B>, found: F) => Promise<Answer | undefined>;
    /** What is done with a body that came as one of `bytes`. */
    readonly handleBytes?: (call: Omit<Call<P, Q, B>, 'body' | 'command'>, bytes: Buffer) => Promise<Answer>;
    /** What is answered when `handle` says nothing, in the transaction that keeps it under the key. */
    readonly answer?: (sql: Sql, call: Omit<Call<P, Q, B>, 'command'>) => Promise<Answer>;
  };

/** Parses one part of a request; throws `corps-invalide`, `parametre-invalide` or `champ-inconnu` with its fields. */
function parsePart<T>(schema: z.ZodType<T>, value: unknown, part: 'params' | 'query' | 'body'): T {
  const parsed = schema.safeParse(value, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = issuesOf(parsed.error);
  if (part === 'params') throw new SofiError('introuvable');
  const unknown = issues.every((issue) => issue.code === 'champ-inconnu');
  const known = part === 'body' ? 'corps-invalide' : 'parametre-invalide';
  throw new SofiError(unknown ? 'champ-inconnu' : known, undefined, { issues });
}

const NOTHING: z.ZodType<unknown> = z.strictObject({});

/** A call that nobody in particular made: only public endpoints meet it. */
const NOBODY: Viewer = { userId: '', role: 'consommateur', organismes: [] };

function admit(access: Access, viewer: Viewer | null): Viewer {
  if (access === 'public') return viewer ?? NOBODY;
  return access === 'login' ? requireViewer(viewer) : requireRight(viewer, ...access);
}

function bodyOf<B>(schema: z.ZodType<B> | undefined, req: Request): B {
  if (schema === undefined) {
    const empty = req.body === undefined || Object.keys(req.body as object).length === 0;
    return parsePart(NOTHING, empty ? {} : req.body, 'body') as B;
  }
  const unread = req.body === undefined || Buffer.isBuffer(req.body);
  const typed = unread && req.headers['content-type'] !== undefined && !req.is('json');
  if (typed && req.headers['content-length'] !== '0') throw new SofiError('type-de-contenu');
  return parsePart(schema, req.body ?? {}, 'body');
}

/**
 * Express tags each body by a weak ETag of its bytes and answers 304 to who has them: a read is asked for again each time
 * and sent only when it changed. One that carries its own version is not kept, as more than that may change around it.
 */
function cachingOf({ method }: Request, { ETag }: NonNullable<Answer['headers']>): Record<string, string> {
  if (method !== 'GET' && method !== 'HEAD') return {};
  return { 'Cache-Control': ETag === undefined ? 'private, no-cache' : 'no-store' };
}

function send(res: Response, { status = 200, body, headers = {} }: Answer): void {
  res.status(status).set({ ...cachingOf(res.req, headers), ...headers });
  if (body === undefined) res.end();
  else if (typeof body === 'string') res.send(body);
  else res.json(body);
}

/**
 * One call of the API as data: the router, the checks (401, 403, 428, 400) and the OpenAPI document are all made from
 * it, so that they cannot disagree.
 */
export function endpoint<P = unknown, Q = unknown, B = unknown, F = undefined>(spec: Spec<P, Q, B, F>): Endpoint {
  const { handle, handleBytes, find, answer, ...described } = spec;
  return {
    ...described,
    async run(deps, req, res) {
      const viewer = admit(spec.access, req.viewer);
      const parts = {
        params: parsePart(spec.params ?? (NOTHING as z.ZodType<P>), req.params, 'params'),
        query: parsePart(spec.query ?? (NOTHING as z.ZodType<Q>), req.query, 'query'),
      };
      const asked = { deps, req, viewer, langue: req.langue, ...parts };
      const bytes: unknown = req.body;
      if (handleBytes !== undefined && Buffer.isBuffer(bytes)) return send(res, await handleBytes(asked, bytes));
      const call = { ...asked, body: bodyOf(spec.body, req) };
      const phases: Phases<F> = {
        find: find && ((sql) => find(sql, call)),
        work: (found, command) => handle({ ...call, command }, found as F),
        answer: answer && ((sql) => answer(sql, call)),
      };
      const said =
        spec.idempotency === undefined
          ? await plainly(deps, viewer, phases)
          : await onceByKey(deps, { req, viewer, required: spec.idempotency === 'required' }, phases);
      send(res, said);
    },
  };
}

/** Mounts calls of one router; another method on one of its addresses is 405 with `Allow`. */
export function mountEndpoints(router: Router, deps: ApiDeps, endpoints: readonly Endpoint[]): Router {
  for (const [path, group] of Map.groupBy(endpoints, (it) => it.path)) {
    const route = router.route(path.replaceAll(/\{(\w+)\}/g, ':$1'));
    for (const it of group) route[it.method]((req: Request, res: Response) => it.run(deps, req, res));
    const allow = group.flatMap(({ method }) => (method === 'get' ? ['GET', 'HEAD'] : [method.toUpperCase()]));
    route.all((_req: Request, res: Response) => {
      res.set('Allow', allow.join(', '));
      throw new SofiError('methode');
    });
  }
  return router;
}
