import type { Viewer } from '../../db/connect.ts';
import { LOTS, TASK_TIMEOUT, WORKFLOWS, workflowIdOf } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';

const START_DEADLINE_MS = 4_000;

/**
 * Starts an import's workflow at once and marks its word as told; when Temporal does not answer the relay does it later,
 * so the file is not lost.
 */
export async function startImport({ db, temporal, log }: ApiDeps, viewer: Viewer, id: string): Promise<void> {
  try {
    const client = await temporal();
    await client.connection.withDeadline(Date.now() + START_DEADLINE_MS, () =>
      client.workflow.start(WORKFLOWS.import, {
        workflowId: workflowIdOf.import(id),
        taskQueue: LOTS,
        args: [id],
        workflowIdConflictPolicy: 'USE_EXISTING',
        workflowTaskTimeout: TASK_TIMEOUT,
      }),
    );
    await db.asViewer(viewer, (sql) =>
      sql
        .updateTable('outbox')
        .set({ done_at: new Date() })
        .where('kind', '=', 'import')
        .where('subject_id', '=', id)
        .execute(),
    );
  } catch (error) {
    log.warn({ err: error, import: id }, 'the relay will start this import');
  }
}
