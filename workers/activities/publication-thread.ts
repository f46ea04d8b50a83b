import { parentPort } from 'node:worker_threads';
import { createSchema } from '../../domain/lheo/schema.ts';
import { type RenderJob, renderJob } from './publication-job.ts';

/** The thread's side: a page of jobs in, the page of their renderings out. */
const schemas = { v23: createSchema('2.3'), v22: createSchema('2.2') };

parentPort?.on('message', (jobs: readonly RenderJob[]) => {
  parentPort?.postMessage(jobs.map((job) => renderJob(job, schemas)));
});
