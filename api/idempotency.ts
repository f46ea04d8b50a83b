import { createHash } from 'node:crypto';
import type { Request } from 'express';
import { json, type Sql, type Viewer } from '../db/connect.ts';
import { SofiError } from '../domain/model/errors.ts';
import { canonicalJson } from '../domain/model/json.ts';
import type { Answer } from './answer.ts';
import type { ApiDeps } from './deps.ts';

/** A call under way says so this often, however long it lasts. */
const BEAT_MS = 2_000;
/** A call that was silent for so long has lost its process: its key may be taken over. */
const ABANDONED_AFTER_MS = 8_000;
/** A slot that cannot be freed, the database being away, is tried again so often, a second apart. */
const FREE_TRIES = 15;
const RETRY_AFTER_S = 2;
const KEY = /^[\x21-\x7e]{1,200}$/;

const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

interface Slot {
  readonly user: string;
  readonly route: string;
  readonly key: string;
  readonly bodyHash: string;
}

function keyOf(req: Request): string | undefined {
  const key = req.get('Idempotency-Key');
  if (key !== undefined && !KEY.test(key)) throw new SofiError('cle-invalide');
  return key;
}

/** Takes the slot, or answers what the first call answered; throws `cle-reutilisee` and `cle-en-cours`. */
async function takeSlot(sql: Sql, slot: Slot): Promise<Answer | undefined> {
  const { user, route, key, bodyHash } = slot;
  const taken = await sql
    .insertInto('idempotency_key')
    .values({ user_id: user, route, key, body_hash: bodyHash, state: 'running' })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key')
    .executeTakeFirst();
  if (taken !== undefined) return undefined;
  const row = await sql
    .selectFrom('idempotency_key')
    .select(['body_hash', 'state', 'http_status', 'answer', 'created_at'])
    .where('user_id', '=', user)
    .where('route', '=', route)
    .where('key', '=', key)
    .forUpdate()
    .executeTakeFirst();
  if (row === undefined) throw new SofiError('cle-en-cours', undefined, { retryAfter: RETRY_AFTER_S });
  if (row.body_hash !== bodyHash) throw new SofiError('cle-reutilisee');
  if (row.state === 'done') return { ...(row.answer as Answer), status: row.http_status ?? 200 };
  if (Date.now() - new Date(row.created_at).getTime() < ABANDONED_AFTER_MS) {
    throw new SofiError('cle-en-cours', undefined, { retryAfter: RETRY_AFTER_S });
  }
  await whereSlot(sql.updateTable('idempotency_key').set({ created_at: new Date() }), slot).execute();
  return undefined;
}

function whereSlot<T extends { where(column: 'user_id' | 'route' | 'key', is: '=', value: string): T }>(
  query: T,
  slot: Slot,
): T {
  return query.where('user_id', '=', slot.user).where('route', '=', slot.route).where('key', '=', slot.key);
}

async function keepAnswer(sql: Sql, slot: Slot, answer: Answer): Promise<void> {
  const { status = 200, ...rest } = answer;
  const done = sql.updateTable('idempotency_key').set({ state: 'done', http_status: status, answer: json(rest) });
  await whereSlot(done, slot).execute();
}

/** Keeps the slot while its call lasts; what is returned ends it. A beat that is lost is no harm. */
function keepSlot({ db }: ApiDeps, viewer: Viewer, slot: Slot): () => void {
  const beat = (sql: Sql) =>
    whereSlot(sql.updateTable('idempotency_key').set({ created_at: new Date() }), slot)
      .where('state', '=', 'running')
      .execute();
  const timer = setInterval(() => void db.asViewer(viewer, beat).catch(() => undefined), BEAT_MS);
  return () => clearInterval(timer);
}

/** Frees the slot, later when the database is away: whoever tries again is not to wait for a call that ended. */
async function freeSlot(
  { db, log }: Pick<ApiDeps, 'db' | 'log'>,
  viewer: Viewer,
  slot: Slot,
  tries = FREE_TRIES,
): Promise<void> {
  try {
    const mine = (sql: Sql) => whereSlot(sql.deleteFrom('idempotency_key'), slot).where('state', '=', 'running');
    await db.asViewer(viewer, (sql) => mine(sql).execute());
  } catch (error) {
    if (tries <= 0) log.warn({ err: error }, 'an idempotency key stays taken for a while');
    else setTimeout(() => void freeSlot({ db, log }, viewer, slot, tries - 1), 1_000).unref();
  }
}

/** A call in three parts: what it reads first, what it does, what it answers; the first and last each in one transaction. */
export interface Phases<F> {
  readonly find?: ((sql: Sql) => Promise<F>) | undefined;
  readonly work: (found: F | undefined, command: string) => Promise<Answer | undefined>;
  /** What is answered when `work` did not say. */
  readonly answer?: ((sql: Sql) => Promise<Answer>) | undefined;
}

const EMPTY: Answer = { status: 204 };

/** The same without a key. */
export async function plainly<F>({ db }: ApiDeps, viewer: Viewer, { find, work, answer }: Phases<F>): Promise<Answer> {
  const found = find && (await db.asViewer(viewer, find));
  const said = await work(found, crypto.randomUUID());
  return said ?? (answer === undefined ? EMPTY : db.asViewer(viewer, answer));
}

/** What `find` refuses leaves no slot behind. */
async function begin<F>({ db }: ApiDeps, viewer: Viewer, slot: Slot, find: Phases<F>['find']) {
  return db.asViewer(viewer, async (sql) => {
    const kept = await takeSlot(sql, slot);
    return kept === undefined
      ? ({ kind: 'taken', found: find && (await find(sql)) } as const)
      : ({ kind: 'kept', kept } as const);
  });
}

/**
 * Runs `work` once per (user, route, Idempotency-Key): the same key and body answer the same, another body is refused.
 * A refusal frees the key, so that the same call may be tried again; `command` stays the same, so that what had taken
 * effect behind a 503 is found and not done twice. The key is taken with what is found and kept with what is answered.
 */
export async function onceByKey<F>(
  deps: ApiDeps,
  { req, viewer, required }: { readonly req: Request; readonly viewer: Viewer; readonly required: boolean },
  phases: Phases<F>,
): Promise<Answer> {
  const key = keyOf(req);
  if (key === undefined && required) throw new SofiError('cle-manquante');
  if (key === undefined || viewer.userId === '') return plainly(deps, viewer, phases);
  const route = `${req.method} ${req.baseUrl}${req.path}`.slice(0, 200);
  const bodyHash = sha256(canonicalJson({ body: req.body ?? {}, query: req.query }));
  const slot = { user: viewer.userId, route, key, bodyHash };
  const command = sha256(`${viewer.userId}|${route}|${key}`);
  const begun = await begin(deps, viewer, slot, phases.find);
  if (begun.kind === 'kept') return begun.kept;
  const release = keepSlot(deps, viewer, slot);
  try {
    const said = await phases.work(begun.found, command);
    return await deps.db.asViewer(viewer, async (sql) => {
      const answer = said ?? (await phases.answer?.(sql)) ?? EMPTY;
      await keepAnswer(sql, slot, answer);
      return answer;
    });
  } catch (error) {
    await freeSlot(deps, viewer, slot);
    throw error;
  } finally {
    release();
  }
}

/** Forgets keys older than 7 days; answers how many. */
export async function purgeKeys({ db }: Pick<ApiDeps, 'db'>): Promise<number> {
  const weekAgo = new Date(Date.now() - 7 * 24 * 3_600_000);
  const gone = await db.asWorker((sql) =>
    sql.deleteFrom('idempotency_key').where('created_at', '<', weekAgo).executeTakeFirst(),
  );
  return Number(gone.numDeletedRows);
}
