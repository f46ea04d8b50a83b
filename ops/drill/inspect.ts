import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Connection } from '@temporalio/client';
import { sql as raw } from 'kysely';
import { openDatabase, type Sql } from '../../db/connect.ts';
import { rowsAgainstDocuments } from '../../db/doctor/rows-against-documents.ts';
import { brokenLinks } from '../../db/moderation/journal.ts';
import { openRowsPage } from '../../db/moderation/open-rows.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import type { Rig } from './rig.ts';

/** What must be at rest within this after a blow. */
const CAUGHT_UP_WITHIN_MS = 60_000;
const LOOK_EVERY_MS = 300;
const PAGE = 10_000;

/** What is still under way: empty when all is caught up. */
async function underWay(sql: Sql): Promise<string[]> {
  const { rows } = await raw<{ what: string }>`
    select 'outbox ' || kind || ' ' || id as what from outbox where done_at is null
    union all select 'soumission ' || id || ' ' || statut from soumission where statut = 'deposee'
    union all select 'import ' || id || ' ' || state from import where state = 'running'
    union all select 'release ' || n || ' ' || step from release
      where state = 'open' or (state in ('published', 'empty') and step <> 'done')`.execute(sql);
  return rows.map(({ what }) => what);
}

/** What exists twice, broke its chain or left its document. */
async function broken(sql: Sql): Promise<string[]> {
  const { rows } = await raw<{ what: string }>`
    select 'numero ' || numero || ' ' || count(*) || ' times' as what from formation group by numero having count(*) > 1
    union all select 'fiche ' || fiche_id || ' has ' || count(*) || ' open soumissions' from soumission
      where statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees') group by fiche_id having count(*) > 1
    union all select 'fiche ' || f.id || ' at version ' || f.version_n || ' of ' || count(v.n) from fiche f
      left join fiche_version v on v.fiche_id = f.id group by f.id having count(v.n) <> f.version_n`.execute(sql);
  const fiches = await sql.selectFrom('fiche').select('id').execute();
  const links: string[] = [];
  for (const { id } of fiches) for (const n of await brokenLinks(sql, id)) links.push(`journal ${id} ${n}`);
  const { drifts } = await rowsAgainstDocuments(sql, null, PAGE);
  return [...rows.map(({ what }) => what), ...links, ...drifts.map(({ table, id, what }) => `${table} ${id}: ${what}`)];
}

/** Open soumissions that no running workflow conducts. */
async function unconducted(rig: Rig, sql: Sql): Promise<string[]> {
  const { temporalAddress: address, temporalNamespace: namespace } = rig.run;
  const open = await openRowsPage(sql, { after: null, limit: PAGE, at: Date.now() });
  const connection = await Connection.connect({ address });
  try {
    const client = new Client({ connection, namespace });
    const running = new Set<string>();
    for await (const run of client.workflow.list({ query: `ExecutionStatus = 'Running'` })) running.add(run.workflowId);
    return open.map(({ id }) => workflowIdOf.soumission(id)).filter((id) => !running.has(id));
  } finally {
    await connection.close();
  }
}

/** Waits until everything is at rest, then looks for what is lost or double; answers what is wrong and how long it took. */
export async function inspect(rig: Rig): Promise<{ readonly wrong: readonly string[]; readonly caughtUpMs: number }> {
  const db = await openDatabase({ url: rig.run.databaseUrl, poolMax: 2, name: 'sofi-drill' });
  const began = performance.now();
  try {
    let waiting = await db.asWorker(underWay);
    while (waiting.length > 0 && performance.now() - began < CAUGHT_UP_WITHIN_MS) {
      await sleep(LOOK_EVERY_MS);
      waiting = await db.asWorker(underWay);
    }
    const caughtUpMs = performance.now() - began;
    let lonely = await db.asWorker((sql) => unconducted(rig, sql));
    while (lonely.length > 0 && performance.now() - began < CAUGHT_UP_WITHIN_MS) {
      await sleep(LOOK_EVERY_MS);
      lonely = await db.asWorker((sql) => unconducted(rig, sql));
    }
    const stuck = waiting.map((what) => `stuck: ${what}`);
    const alone = lonely.map((id) => `without workflow: ${id}`);
    return { wrong: [...stuck, ...alone, ...(await db.asWorker(broken))], caughtUpMs };
  } finally {
    await db.close();
  }
}
