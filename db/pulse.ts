import pg from 'pg';
import { SofiError } from '../domain/model/errors.ts';

/** Work that lasts longer makes us look whether the server still answers anybody. */
const SUSPECT_MS = 1_500;
const LOOK_MS = 1_000;
const LOOK_AGAIN_MS = 300;
/** Held up for so long within a look, this process may have missed the answer: it looks again, so many times at most. */
const HELD_UP_MS = 250;
const TICK_MS = 50;
const LOOKS_MAX = 3;
const RETRY_AFTER_S = 2;

function absence(): SofiError {
  return new SofiError('base-absente', 'Cannot reach PostgreSQL: it does not answer', { retryAfter: RETRY_AFTER_S });
}

/** The longest that this process was held up since, in ms; told once. */
function watchHoldUps(): () => number {
  let longest = 0;
  let last = performance.now();
  const tick = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last - TICK_MS);
    last = now;
  };
  const timer = setInterval(tick, TICK_MS);
  return () => {
    clearInterval(timer);
    tick();
    return longest;
  };
}

/**
 * Tells a slow question from a server that answers nobody (frozen, cut off): callers then get `base-absente` within
 * 2.5 s instead of waiting for their time-outs, and later ones at once until it answers again.
 */
export class Pulse {
  readonly #url: string;
  #lookUnderWay: Promise<boolean> | undefined;
  #absent = false;
  #closed = false;
  readonly #waiting = new Set<(error: SofiError) => void>();

  constructor(url: string) {
    this.#url = url;
  }

  /** Runs `work`; rejects with `base-absente` when the server falls silent meanwhile. The work itself goes on alone then. */
  within<T>(work: () => Promise<T>): Promise<T> {
    if (this.#absent) return Promise.reject(absence());
    return new Promise<T>((resolve, reject) => {
      const timer = setInterval(() => void this.#look(), SUSPECT_MS);
      const end = () => {
        clearInterval(timer);
        this.#waiting.delete(giveUp);
      };
      const giveUp = (error: SofiError) => {
        end();
        reject(error);
      };
      this.#waiting.add(giveUp);
      work().then(resolve, reject).finally(end);
    });
  }

  close(): void {
    this.#closed = true;
  }

  async #look(): Promise<void> {
    this.#lookUnderWay ??= this.#answers().finally(() => {
      this.#lookUnderWay = undefined;
    });
    if (this.#absent || (await this.#lookUnderWay) || this.#absent || this.#closed) return;
    this.#absent = true;
    for (const giveUp of this.#waiting) giveUp(absence());
    await this.#untilBack();
    this.#absent = false;
  }

  async #untilBack(): Promise<void> {
    while (!this.#closed && !(await this.#answers())) {
      await new Promise((resolve) => setTimeout(resolve, LOOK_AGAIN_MS).unref());
    }
  }

  /** Whether the server answers; a silence that this process was too busy to hear through proves nothing. */
  async #answers(): Promise<boolean> {
    for (let look = 1; ; look += 1) {
      const held = watchHoldUps();
      const answered = await this.#asks();
      if (held() < HELD_UP_MS || answered || look === LOOKS_MAX || this.#closed) return answered;
    }
  }

  /** One question on a connection of its own. */
  async #asks(): Promise<boolean> {
    const client = new pg.Client({
      connectionString: this.#url,
      connectionTimeoutMillis: LOOK_MS,
      query_timeout: LOOK_MS,
    });
    client.on('error', () => undefined);
    try {
      await client.connect();
      await client.query('select 1');
      return true;
    } catch {
      return false;
    } finally {
      void client.end().catch(() => undefined);
    }
  }
}
