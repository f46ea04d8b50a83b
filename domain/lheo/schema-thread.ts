import { Worker } from 'node:worker_threads';
import type { LheoVersion } from '../grammar/shape.ts';
import type { LheoFault } from './faults.ts';
import type { JudgeRequest } from './schema-worker.ts';

interface Answer {
  readonly id: number;
  readonly faults?: readonly LheoFault[];
  readonly error?: string;
}

interface Waiting {
  readonly resolve: (faults: readonly LheoFault[]) => void;
  readonly reject: (error: Error) => void;
}

/** Judges whole files in a thread of its own, so that the caller's loop goes on (a 60 MB file takes about 1.5 s). */
export class SchemaThread {
  readonly #worker = new Worker(new URL('./schema-worker.ts', import.meta.url));
  readonly #waiting = new Map<number, Waiting>();
  #last = 0;

  constructor() {
    this.#worker.on('message', (answer: Answer) => this.#answer(answer));
    this.#worker.on('error', (error) => this.#abandon(error as Error));
    this.#worker.on('exit', () => this.#abandon(new Error('The schema thread ended')));
    this.#worker.unref();
  }

  /** What the schema of `version` refuses in a whole file; empty when it is valid. The file is held whole in memory. */
  validate(version: LheoVersion, bytes: Uint8Array): Promise<readonly LheoFault[]> {
    this.#last += 1;
    const request: JudgeRequest = { id: this.#last, version, bytes };
    return new Promise((resolve, reject) => {
      this.#waiting.set(request.id, { resolve, reject });
      this.#worker.ref();
      this.#worker.postMessage(request);
    });
  }

  /** Ends the thread; what still waits is rejected. */
  async close(): Promise<void> {
    await this.#worker.terminate();
  }

  #answer({ id, faults, error }: Answer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (this.#waiting.size === 0) this.#worker.unref();
    if (faults !== undefined) waiting?.resolve(faults);
    else waiting?.reject(new Error(error ?? 'The schema thread gave no answer'));
  }

  #abandon(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
