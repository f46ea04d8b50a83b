import { SofiError } from '../../domain/model/errors.ts';

/** What a received file may weigh (interface.md §3); bytes, and bytes out per byte in. */
export interface ReceiveLimits {
  readonly sent: number;
  readonly inflated: number;
  readonly ratio: number;
  readonly zipEntries: number;
}

const MB = 1_000_000;

export const RECEIVE_LIMITS: ReceiveLimits = { sent: 300 * MB, inflated: 4_000 * MB, ratio: 200, zipEntries: 100 };

/** A tiny file may repeat itself: the ratio is judged beyond this many bytes. */
const RATIO_FROM = MB;

/** A bomb shows itself in its first bytes: these go in by small steps, so that little is read of it before it is known. */
const SMALL_STEPS_UNTIL = 256_000;
export const SMALL_STEP = 4_096;

function slices(chunk: Uint8Array): Uint8Array[] {
  const count = Math.ceil(chunk.length / SMALL_STEP);
  return Array.from({ length: count }, (_, step) => chunk.subarray(step * SMALL_STEP, (step + 1) * SMALL_STEP));
}

/** Counts what goes in and comes out of one file; refuses it with `trop-gros` or `archive-invalide`. */
export class Weight {
  readonly #limits: ReceiveLimits;
  sent = 0;
  inflated = 0;

  constructor(limits: ReceiveLimits) {
    this.#limits = limits;
  }

  /** Passes the sent bytes on, counted. */
  async *counted(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      for (const part of this.sent < SMALL_STEPS_UNTIL ? slices(chunk) : [chunk]) {
        this.sent += part.length;
        if (this.sent > this.#limits.sent) throw new SofiError('trop-gros', undefined, { limite: this.#limits.sent });
        yield part;
      }
    }
  }

  /** Passes the inflated bytes on, counted against what was sent so far. */
  async *measured(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.inflated += chunk.length;
      const tooRich = this.inflated > RATIO_FROM && this.inflated > this.sent * this.#limits.ratio;
      if (this.inflated > this.#limits.inflated || tooRich) {
        throw new SofiError('archive-invalide', undefined, { limite: this.#limits.inflated, taux: this.#limits.ratio });
      }
      yield chunk;
    }
  }
}
