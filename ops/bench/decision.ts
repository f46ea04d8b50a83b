import { Client, Connection } from '@temporalio/client';
import { openDatabase } from '../../db/connect.ts';
import { UPDATES, workflowIdOf } from '../../workflows/messages.ts';
import { lheoFile } from '../demo/generator/file.ts';
import { readPlaces } from '../demo/generator/places.ts';
import { RemotePlatform } from '../demo/remote-platform.ts';
import { openPeople } from '../drill/people.ts';
import { Rig } from '../drill/rig.ts';
import { type Bench, quantile, type Row } from './bench.ts';
import { timed } from './timing.ts';

const ROUNDS = 10;
const PER_ROUND = 30;
const WARM_UP = 30;
const AT_ONCE = 10;

interface Queue {
  readonly organismes: readonly string[];
  readonly formations: readonly string[];
}

/** The soumissions of an untrusted flow, checked and waiting. */
async function fillQueue(rig: Rig, admin: RemotePlatform): Promise<Queue> {
  const todayDays = Math.floor(Date.now() / 86_400_000);
  const set = { seed: 5, organismes: 20, todayDays, places: await readPlaces() };
  await admin.importFile('reprise', lheoFile({ ...set, formations: 20 }));
  const formations = ROUNDS * PER_ROUND + WARM_UP;
  await admin.importFile('intercarif', lheoFile({ ...set, formations, prefix: '07_' }));
  const db = await openDatabase({ url: rig.run.databaseUrl, poolMax: 1, name: 'sofi-bench' });
  const waiting = () =>
    db.asWorker((sql) =>
      sql
        .selectFrom('soumission as s')
        .innerJoin('fiche as f', 'f.id', 's.fiche_id')
        .select(['s.id', 's.statut', 'f.kind'])
        .where('s.conduite', '=', 'workflow')
        .execute(),
    );
  try {
    let rows = await waiting();
    while (rows.some(({ statut }) => statut === 'deposee')) {
      await new Promise((resolve) => setTimeout(resolve, 200));
      rows = await waiting();
    }
    const ready = rows.filter(({ statut }) => statut === 'controlee');
    const of = (kind: string) => ready.filter((row) => row.kind === kind).map(({ id }) => id);
    return { organismes: of('organisme'), formations: of('formation') };
  } finally {
    await db.close();
  }
}

/** Empty Updates and decisions in turns, so that both meet the same machine. */
async function measure(rig: Rig, say: (line: string) => void): Promise<readonly Row[]> {
  const { apiUrl, operatorSecret, temporalAddress, temporalNamespace } = rig.run;
  const { organismes, formations: ids } = await fillQueue(rig, new RemotePlatform(apiUrl, operatorSecret));
  say(`${ids.length} soumissions wait`);
  const { moderatrice } = await openPeople(rig);
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, namespace: temporalNamespace });
  const empty = (id: string) =>
    client.workflow.getHandle(workflowIdOf.soumission(id)).executeUpdate(UPDATES.checked, { args: [] });
  const decide = (id: string) => moderatrice.post(`/soumissions/${id}/decisions`, { kind: 'approve', version: 1 });
  const [empties, decisions, reads]: [number[], number[], number[]] = [[], [], []];
  await timed(organismes, AT_ONCE, decide);
  await timed(ids.slice(0, WARM_UP), AT_ONCE, empty);
  await timed(ids.slice(0, WARM_UP), AT_ONCE, decide);
  for (let at = WARM_UP; at + PER_ROUND <= ids.length; at += PER_ROUND) {
    const round = ids.slice(at, at + PER_ROUND);
    empties.push(...(await timed(round, AT_ONCE, empty)));
    decisions.push(...(await timed(round, AT_ONCE, decide)));
    reads.push(...(await timed(round, AT_ONCE, (id) => moderatrice.call(`/soumissions/${id}`))));
  }
  await connection.close();
  const row = (q: number, limit: object): Row => ({
    what: `decision, HTTP to HTTP, p${q * 100}, ${AT_ONCE} at once (${decisions.length})`,
    measured: quantile(decisions, q),
    unit: 'ms',
    reference: quantile(empties, q),
    referenceIs: `empty Update, p${q * 100}`,
    ...limit,
  });
  const reading: Row = { ...row(0.95, {}), what: 'reading a soumission, p95', measured: quantile(reads, 0.95) };
  return [row(0.5, {}), row(0.95, { atMost: 3 }), reading];
}

export const bench: Bench = {
  name: 'decision',
  comparedTo: 'an empty Update on the same server, in turns with it',
  async run(say) {
    const rig = await Rig.open();
    try {
      return await measure(rig, say);
    } finally {
      await rig.close();
    }
  },
};
