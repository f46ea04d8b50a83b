import { type Client, WorkflowNotFoundError } from '@temporalio/client';
import { abandonForgotten } from '../../db/moderation/forgotten.ts';
import { knownIds, type OpenRow, openRowsPage } from '../../db/moderation/open-rows.ts';
import { readState } from '../../db/moderation/state.ts';
import { WORKFLOWS, workflowIdOf } from '../../workflows/messages.ts';
import type { ReconciliationActivities, ReconciliationPage } from '../../workflows/reconciliation.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { startSoumission } from '../start-soumission.ts';
import { atBorder } from './failure.ts';
import { lostByRestore, resumeProcedures } from './reconciliation-procedures.ts';

const PAGE = 200;
/** A workflow may be in the middle of a step, its row written and not yet told: it is behind only of a row at rest. */
const REST_MS = 60_000;
const PREFIX = workflowIdOf.soumission('');

type Parts = Pick<WorkerDeps, 'db' | 'temporal' | 'log'> & { readonly now: () => number };

function seqOf(memo: Readonly<Record<string, unknown>> | undefined): number | undefined {
  return typeof memo?.seq === 'number' ? memo.seq : undefined;
}

/** How far each running workflow is, by soumission; undefined for one that has not read its row yet. */
async function runningSeqs(temporal: Client, ids: readonly string[]): Promise<Map<string, number | undefined>> {
  const names = ids.map((id) => `'${workflowIdOf.soumission(id)}'`).join(', ');
  const query = `WorkflowId IN (${names}) AND ExecutionStatus = 'Running'`;
  const seqs = new Map<string, number | undefined>();
  for await (const run of temporal.workflow.list({ query })) {
    seqs.set(run.workflowId.slice(PREFIX.length), seqOf(run.memo));
  }
  return seqs;
}

/** A second look, by the workflow itself and then its row: lists lag behind. Positive only when PostgreSQL went back in time. */
async function aheadBy({ db, temporal }: Parts, id: string): Promise<number> {
  const { memo } = await temporal.workflow.getHandle(workflowIdOf.soumission(id)).describe();
  const state = await db.asWorker((sql) => readState(sql, id));
  const seq = seqOf(memo);
  return state === null || seq === undefined ? 0 : seq - state.seq;
}

async function restart({ temporal }: Parts, id: string): Promise<void> {
  const handle = temporal.workflow.getHandle(workflowIdOf.soumission(id));
  await handle.terminate('its row stands elsewhere').catch((error: unknown) => {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  });
  await startSoumission(temporal, id);
}

type Outcome = 'fine' | 'started' | 'restarted' | 'lost';

async function reconcileRow(
  parts: Parts,
  row: OpenRow,
  seqs: ReadonlyMap<string, number | undefined>,
): Promise<Outcome> {
  if (!seqs.has(row.id)) {
    await startSoumission(parts.temporal, row.id);
    return 'started';
  }
  const seq = seqs.get(row.id);
  const moving = parts.now() - row.movedAt < REST_MS;
  if (seq === undefined || seq === row.seq || (seq < row.seq && moving)) return 'fine';
  const ahead = await aheadBy(parts, row.id);
  if (ahead === 0 || (ahead < 0 && moving)) return 'fine';
  await restart(parts, row.id);
  parts.log.warn({ soumission: row.id, ahead }, 'workflow restarted from its row');
  return ahead > 0 ? 'lost' : 'restarted';
}

async function reconcileRows(parts: Parts, after: string | null): Promise<ReconciliationPage> {
  const rows = await parts.db.asWorker((sql) => openRowsPage(sql, { after, limit: PAGE, at: parts.now() }));
  const seqs =
    rows.length === 0
      ? new Map()
      : await runningSeqs(
          parts.temporal,
          rows.map(({ id }) => id),
        );
  const outcomes: Outcome[] = [];
  for (const row of rows) outcomes.push(await reconcileRow(parts, row, seqs));
  const count = (outcome: Outcome) => outcomes.filter((one) => one === outcome).length;
  return {
    after: rows.length < PAGE ? null : (rows.at(-1)?.id ?? null),
    started: count('started'),
    restarted: count('restarted'),
    lost: rows.filter((_, index) => outcomes[index] === 'lost').map(({ id }) => id),
  };
}

async function endOrphans({ db, temporal, log }: Parts): Promise<string[]> {
  const lost: string[] = [];
  const end = async (ids: readonly string[]) => {
    const known = await db.asWorker((sql) => knownIds(sql, ids));
    for (const id of ids.filter((one) => !known.has(one))) {
      await temporal.workflow.getHandle(workflowIdOf.soumission(id)).terminate('its row is gone');
      log.warn({ soumission: id }, 'workflow without a row ended');
      lost.push(id);
    }
  };
  const page: string[] = [];
  const query = `WorkflowType = '${WORKFLOWS.soumission}' AND ExecutionStatus = 'Running'`;
  for await (const run of temporal.workflow.list({ query })) {
    page.push(run.workflowId.slice(PREFIX.length));
    if (page.length === PAGE) await end(page.splice(0));
  }
  await end(page);
  return lost;
}

/** In pages, each a transaction of its own. */
async function giveUpForgotten({ db, now }: Parts): Promise<number> {
  for (let given = 0; ; ) {
    const page = await db.asWorker((sql) => abandonForgotten(sql, { at: now(), limit: PAGE }));
    given += page.length;
    if (page.length < PAGE) return given;
  }
}

/** The reconciler's look at rows and workflows. */
export function reconciliationActivities(
  deps: Pick<WorkerDeps, 'db' | 'temporal' | 'log'>,
  now: () => number = Date.now,
): ReconciliationActivities {
  const parts: Parts = { db: deps.db, temporal: deps.temporal, log: deps.log, now };
  return atBorder<ReconciliationActivities>({
    reconcileRows: (after) => reconcileRows(parts, after),
    endOrphans: () => endOrphans(parts),
    resumeProcedures: () => resumeProcedures(parts),
    lostByRestore: () => lostByRestore(parts),
    abandonForgotten: () => giveUpForgotten(parts),
  });
}
