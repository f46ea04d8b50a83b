import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Rendered, RenderJob } from './publication-job.ts';

/** A thread that writes and validates XML, so that the worker's own loop keeps answering; one page at a time. */
export class RenderThread {
  readonly #worker = new Worker(new URL('./publication-thread.ts', import.meta.url));

  /** Renders a page, in its order; rejects when the thread died. */
  async render(jobs: readonly RenderJob[]): Promise<readonly Rendered[]> {
    if (jobs.length === 0) return [];
    const answer = once(this.#worker, 'message');
    this.#worker.postMessage(jobs);
    const [rendered] = (await answer) as [readonly Rendered[]];
    return rendered;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
