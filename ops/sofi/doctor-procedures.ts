import { Client, Connection } from '@temporalio/client';
import { sql as raw } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { WORKFLOWS } from '../../workflows/messages.ts';
import type { ReconciliationReport } from '../../workflows/reconciliation.ports.ts';
import type { Finding } from './doctor-finding.ts';

/** A task of the outbox that waits longer is no longer a matter of seconds. */
const LATE_S = 60;
const LOST_SHOWN = 20;
const HOURS = 24;

interface Waiting {
  readonly kind: string;
  readonly n: number;
  readonly oldest: number;
  readonly tries: number;
  readonly error: string | null;
}

/** The relay: what the outbox still holds for workflows, by kind, how long it waits and why. */
export async function relayFinding(db: Database): Promise<Finding> {
  const { rows } = await db.asWorker((sql) =>
    raw<Waiting>`select kind, count(*)::int as n, extract(epoch from now() - min(created_at))::int as oldest,
      max(tries)::int as tries, max(last_error) as error
      from outbox where done_at is null and kind in ('start', 'revise', 'import') group by kind order by kind`.execute(
      sql,
    ),
  );
  const { rows: told } = await db.asWorker((sql) =>
    raw<{ n: number; ms: number | null }>`select count(*)::int as n,
      percentile_disc(0.95) within group (order by extract(epoch from done_at - created_at) * 1000)::int as ms
      from outbox where done_at > now() - make_interval(hours => ${HOURS})`.execute(sql),
  );
  const done = `${told[0]?.n ?? 0} ordres transmis en ${HOURS} h (95 % en ${told[0]?.ms ?? 0} ms)`;
  if (rows.length === 0) return { state: 'bien', what: `${done}, rien n’attend` };
  const waiting = rows.map(
    ({ kind, n, oldest, tries, error }) =>
      `${kind} ${n}, le plus vieux ${oldest} s, ${tries} essais${error === null ? '' : ` (${error})`}`,
  );
  const late = rows.some(({ oldest }) => oldest > LATE_S);
  const what = `${done} ; en attente : ${waiting.join(' ; ')}`;
  return late
    ? { state: 'faute', what, mend: 'un worker de la file interactif doit tourner et joindre Temporal' }
    : { state: 'bien', what };
}

/** The reconciler: what its runs of the last day started again, and what a restored database no longer holds. */
export async function reconcilerFinding(address: string, namespace: string): Promise<Finding> {
  const connection = await Connection.connect({ address, connectTimeout: 3_000 });
  try {
    const client = new Client({ connection, namespace });
    const since = new Date(Date.now() - HOURS * 3_600_000).toISOString();
    const query = `WorkflowType = '${WORKFLOWS.reconciliation}' AND ExecutionStatus = 'Completed' AND CloseTime > '${since}'`;
    const reports: ReconciliationReport[] = [];
    let last: Date | undefined;
    for await (const { workflowId, runId, closeTime } of client.workflow.list({ query })) {
      reports.push((await client.workflow.getHandle(workflowId, runId).result()) as ReconciliationReport);
      if (closeTime !== undefined && (last === undefined || closeTime > last)) last = closeTime;
    }
    return findingOf(reports, last);
  } finally {
    await connection.close();
  }
}

function findingOf(reports: readonly ReconciliationReport[], last: Date | undefined): Finding {
  const total = (of: (report: ReconciliationReport) => number) => reports.reduce((sum, report) => sum + of(report), 0);
  const lost = [...new Set(reports.flatMap((report) => report.lost))];
  const ran = `${reports.length} passages en ${HOURS} h, le dernier ${last?.toISOString() ?? 'jamais'}`;
  const did = `${total(({ started }) => started)} démarrées, ${total(({ restarted }) => restarted)} reprises de leur ligne, ${total(({ resumed }) => resumed ?? 0)} imports et publications repris`;
  if (last === undefined) return { state: 'attention', what: ran, mend: 'un worker de la file lots doit tourner' };
  if (lost.length === 0) return { state: 'bien', what: `${ran} : ${did}` };
  const shown = lost.slice(0, LOST_SHOWN).join(', ');
  const what = `${ran} : ${did} ; ${lost.length} que la base ne contient plus : ${shown}`;
  return { state: 'attention', what, mend: 'la base a été remise à un état plus ancien : prévenez les auteurs' };
}
