import { randomUUID } from 'node:crypto';
import type { Logger } from 'pino';
import type { Viewer } from '../../db/connect.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { type Listening, listenToDatabase } from './listener.ts';
import { asHeardBy, mayHear, RESYNC, type Told, toldIn } from './told.ts';

/** Events kept for those who come back after a short gap. */
const KEPT = 1_000;
const STREAMS = 300;
const STREAMS_A_PERSON = 8;
const RETRY_AFTER_S = 10;

export interface Hearer {
  readonly viewer: Viewer;
  /** `id` is what the hearer shows when it comes back. */
  readonly hear: (id: string, told: Told) => void;
  readonly end: () => void;
}

export interface EventHub {
  /** Joins after what `lastId` names, as far as it is still known; throws `trop-de-requetes`. Answers how to leave. */
  readonly join: (hearer: Hearer, lastId: string | undefined) => () => void;
  readonly close: () => void;
}

/** What the database tells, given to everybody who may hear it; it listens from the first hearer on. */
export function openEventHub({ databaseUrl, log }: { readonly databaseUrl: string; readonly log: Logger }): EventHub {
  const run = randomUUID();
  const hearers = new Set<Hearer>();
  const kept: { readonly n: number; readonly told: Told }[] = [];
  let last = 0;
  let listening: Listening | undefined;

  const give = (hearer: Hearer, n: number, told: Told) => {
    if (mayHear(hearer.viewer, told)) hearer.hear(`${run}-${n}`, asHeardBy(hearer.viewer, told));
  };
  const tell = (told: Told) => {
    last += 1;
    kept.push({ n: last, told });
    if (kept.length > KEPT) kept.shift();
    for (const hearer of hearers) give(hearer, last, told);
  };
  const hear = (payload: string) => {
    try {
      for (const told of toldIn(payload)) tell(told);
    } catch (error) {
      log.warn({ err: error }, 'events: cannot read a notice');
      tell(RESYNC);
    }
  };
  const catchUp = (hearer: Hearer, lastId: string) => {
    const seen = lastId.startsWith(`${run}-`) ? Number(lastId.slice(run.length + 1)) : Number.NaN;
    const known = Number.isInteger(seen) && seen <= last && seen >= (kept[0]?.n ?? last + 1) - 1;
    if (!known) return give(hearer, last, RESYNC);
    for (const { n, told } of kept) if (n > seen) give(hearer, n, told);
  };

  return {
    join(hearer, lastId) {
      const own = [...hearers].filter(({ viewer }) => viewer.userId === hearer.viewer.userId).length;
      if (hearers.size >= STREAMS || own >= STREAMS_A_PERSON) {
        throw new SofiError('trop-de-requetes', 'Cannot open another stream', { retryAfter: RETRY_AFTER_S });
      }
      listening ??= listenToDatabase({ databaseUrl, log, hear, back: () => tell(RESYNC) });
      hearers.add(hearer);
      if (lastId !== undefined) catchUp(hearer, lastId);
      return () => hearers.delete(hearer);
    },
    close() {
      listening?.close();
      for (const hearer of hearers) hearer.end();
      hearers.clear();
    },
  };
}
