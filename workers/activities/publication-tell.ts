import { activityInfo, heartbeat } from '@temporalio/activity';
import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import type { Database } from '../../db/connect.ts';
import { publishedPage } from '../../db/publication/report.ts';
import { SIGNALS, workflowIdOf } from '../../workflows/messages.ts';

const SLICE = 200;
const AT_ONCE = 20;

/** Tells each workflow of a published soumission to read its row again; one that is gone already is no fault. */
export async function tellSoumissions(db: Database, temporal: Client, n: number): Promise<number> {
  let { after, told } = (activityInfo().heartbeatDetails as Told | undefined) ?? { after: null, told: 0 };
  for (;;) {
    const cursor = after;
    const page = await db.asWorker((tx) => publishedPage(tx, n, cursor, SLICE));
    for (let i = 0; i < page.length; i += AT_ONCE) {
      await Promise.all(page.slice(i, i + AT_ONCE).map((id) => tell(temporal, id)));
    }
    told += page.length;
    after = page.at(-1) ?? null;
    if (page.length < SLICE) return told;
    heartbeat({ after, told } satisfies Told);
  }
}

interface Told {
  readonly after: string | null;
  readonly told: number;
}

async function tell(temporal: Client, id: string): Promise<void> {
  try {
    await temporal.workflow.getHandle(workflowIdOf.soumission(id)).signal(SIGNALS.rowMoved);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
