import { LOTS, WORKFLOWS, workflowIdOf } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';

/**
 * Starts an import's workflow at once and marks its word as told; when Temporal does not answer the relay does it later,
 * so the file is not lost.
 */
export async function startImport({ db, temporal, log }: ApiDeps, id: string): Promise<void> {
  try {
    const client = await temporal();
    await client.workflow.start(WORKFLOWS.import, {
      workflowId: workflowIdOf.import(id),
      taskQueue: LOTS,
      args: [id],
      workflowIdConflictPolicy: 'USE_EXISTING',
    });
    await db.asWorker((sql) =>
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
