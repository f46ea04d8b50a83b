import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Rendered, RenderJob } from './publication-job.ts';

/** A page of texts dies young: room for the largest fiche, none for garbage. */
const HEAP_MB = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 256 };

/**
 * A thread that writes and validates XML, so that the worker's own loop keeps answering; one page at a time. It starts
 * with its first page: one that is ended while it loads its modules takes the whole process down.
 */
export class RenderThread {
  #worker: Worker | undefined;

  /** Renders a page, in its order; rejects when the thread died. */
  async render(jobs: readonly RenderJob[]): Promise<readonly Rendered[]> {
    if (jobs.length === 0) return [];
    this.#worker ??= new Worker(new URL('./publication-thread.ts', import.meta.url), { resourceLimits: HEAP_MB });
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage(jobs);
    const [rendered] = (await answer) as [readonly Rendered[]];
    return rendered;
  }

  async close(): Promise<void> {
    await this.#worker?.terminate();
  }
}
