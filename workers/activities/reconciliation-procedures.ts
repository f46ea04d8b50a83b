import type { Client } from '@temporalio/client';
import { newestRows, seqsOf, underWay } from '../../db/moderation/under-way.ts';
import { LOTS, TASK_TIMEOUT, WORKFLOWS, workflowIdOf } from '../../workflows/messages.ts';
import type { WorkerDeps } from '../deps.ts';

type Parts = Pick<WorkerDeps, 'db' | 'temporal' | 'log'>;

const SOUMISSION = workflowIdOf.soumission('');
const PUBLICATION = workflowIdOf.publication('');

function startOn(temporal: Client, type: string, workflowId: string, argument: unknown): Promise<unknown> {
  return temporal.workflow.start(type, {
    workflowId,
    taskQueue: LOTS,
    args: [argument],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: TASK_TIMEOUT,
  });
}

/** Their steps may all be repeated: starting one that runs finds it running. */
export async function resumeProcedures({ db, temporal }: Parts): Promise<number> {
  const { imports, releases } = await db.asWorker(underWay);
  for (const id of imports) await startOn(temporal, WORKFLOWS.import, workflowIdOf.import(id), id);
  for (const n of releases) {
    await startOn(temporal, WORKFLOWS.publication, workflowIdOf.publication(n), { kind: 'release', n });
  }
  return imports.length + releases.length;
}

/** Workflows that ended after the newest row was written. */
async function endedSince(temporal: Client, type: string, since: Date) {
  const query = `WorkflowType = '${type}' AND ExecutionStatus = 'Completed' AND CloseTime > '${since.toISOString()}'`;
  const runs = [];
  for await (const { workflowId, memo } of temporal.workflow.list({ query })) {
    runs.push({ workflowId, seq: typeof memo?.seq === 'number' ? memo.seq : 0 });
  }
  return runs;
}

/** What ended workflows wrote and the rows do not hold; nothing unless PostgreSQL went back in time. */
export async function lostByRestore({ db, temporal, log }: Parts): Promise<string[]> {
  const { journal, release } = await db.asWorker(newestRows);
  const since = journal ?? new Date(0);
  const soumissions = await endedSince(temporal, WORKFLOWS.soumission, since);
  const ids = soumissions.map(({ workflowId }) => workflowId.slice(SOUMISSION.length));
  const seqs = await db.asWorker((sql) => seqsOf(sql, ids));
  const lost = soumissions.filter(({ seq }, index) => (seqs.get(ids[index] ?? '') ?? -1) < seq);
  const releases = (await endedSince(temporal, WORKFLOWS.publication, since)).filter(
    ({ workflowId }) => Number(workflowId.slice(PUBLICATION.length)) > release,
  );
  const names = [...lost, ...releases].map(({ workflowId }) => workflowId);
  for (const workflow of names) log.warn({ workflow }, 'PostgreSQL does not hold what this workflow did');
  return names;
}
