import { statfs } from 'node:fs/promises';
import { Connection } from '@temporalio/client';
import { sql as raw } from 'kysely';
import type { Database } from '../../db/connect.ts';
import { rowsAgainstDocuments } from '../../db/doctor/rows-against-documents.ts';
import { MIGRATIONS } from '../../db/migrations/index.ts';
import { INTERACTIF, LOTS } from '../../workflows/messages.ts';
import { dataFolder } from '../services/folders.ts';
import { presentChromium } from '../test/chromium.ts';
import { openPlatformDatabase, startedPlatform } from './database-door.ts';
import type { Finding } from './doctor-finding.ts';
import { reconcilerFinding, relayFinding } from './doctor-procedures.ts';

export interface Check {
  readonly name: string;
  run(): Promise<Finding>;
}

const NODE_MAJOR = 24;
const POSTGRES_MIN = 180_000;
const SKEW_MAX_MS = 2_000;
const FREE_MIN_GB = 2;
const PAGE = 500;
const DRIFTS_SHOWN = 5;
const WORKFLOW_TASKS = 1;

const good = (what: string): Finding => ({ state: 'bien', what });

async function withDatabase<T>(work: (db: Database) => Promise<T>): Promise<T> {
  const db = await openPlatformDatabase();
  try {
    return await work(db);
  } finally {
    await db.close();
  }
}

async function checkNode(): Promise<Finding> {
  const what = `Node ${process.versions.node}`;
  if (Number(process.versions.node.split('.')[0]) >= NODE_MAJOR) return good(what);
  return { state: 'faute', what, mend: 'lancez par npm, qui amène Node 24' };
}

async function checkDatabase(): Promise<Finding> {
  return withDatabase(async (db) => {
    const { rows } = await db.asWorker((sql) =>
      raw<{ version: number; label: string }>`select current_setting('server_version_num')::int as version,
        current_setting('server_version') as label`.execute(sql),
    );
    const { version = 0, label = '' } = rows[0] ?? {};
    if (version < POSTGRES_MIN) {
      return { state: 'faute', what: `PostgreSQL ${label}`, mend: 'PostgreSQL 18 ou plus récent est nécessaire' };
    }
    const waiting = await db.orm.migrator.getPending();
    if (waiting.length > 0) {
      return { state: 'faute', what: `${waiting.length} migration(s) en attente`, mend: 'npm start les passe' };
    }
    return good(`PostgreSQL ${label}, ${Object.keys(MIGRATIONS).length} migration(s)`);
  });
}

async function checkClock(): Promise<Finding> {
  return withDatabase(async (db) => {
    const before = Date.now();
    const { rows } = await db.asWorker((sql) =>
      raw<{ ms: number }>`select (extract(epoch from clock_timestamp()) * 1000)::float8 as ms`.execute(sql),
    );
    const skew = Math.round(Number(rows[0]?.ms) - (before + Date.now()) / 2);
    if (Math.abs(skew) <= SKEW_MAX_MS) return good(`écart avec la base ${skew} ms`);
    return { state: 'faute', what: `écart avec la base ${skew} ms`, mend: 'réglez l’heure des deux machines (NTP)' };
  });
}

async function temporalPlace(): Promise<{ readonly address: string; readonly namespace: string }> {
  const run = await startedPlatform();
  return {
    address: process.env.TEMPORAL_ADDRESS ?? run?.temporalAddress ?? '127.0.0.1:7233',
    namespace: process.env.TEMPORAL_NAMESPACE ?? run?.temporalNamespace ?? 'default',
  };
}

async function checkReconciler(): Promise<Finding> {
  const { address, namespace } = await temporalPlace();
  return reconcilerFinding(address, namespace);
}

async function checkTemporal(): Promise<Finding> {
  const { address, namespace } = await temporalPlace();
  const connection = await Connection.connect({ address, connectTimeout: 3_000 }).catch(() => undefined);
  if (connection === undefined) {
    return { state: 'faute', what: `rien à ${address}`, mend: 'lancez npm start, ou donnez TEMPORAL_ADDRESS' };
  }
  try {
    const silent: string[] = [];
    for (const name of [INTERACTIF, LOTS]) {
      const asked = { namespace, taskQueue: { name }, taskQueueType: WORKFLOW_TASKS };
      const { pollers } = await connection.workflowService.describeTaskQueue(asked);
      if ((pollers ?? []).length === 0) silent.push(name);
    }
    if (silent.length === 0) return good(`${address}, les deux files sont servies`);
    return { state: 'faute', what: `aucun exécutant sur ${silent.join(', ')}`, mend: 'démarrez un worker' };
  } finally {
    await connection.close();
  }
}

async function checkBrowser(): Promise<Finding> {
  const path = await presentChromium();
  if (path !== undefined) return good(path);
  return { state: 'attention', what: 'aucun navigateur', mend: 'npm test l’installe ; ou donnez SOFI_CHROMIUM' };
}

async function checkDisk(): Promise<Finding> {
  const folder = dataFolder();
  const { bavail, bsize } = await statfs(folder).catch(() => statfs('.'));
  const free = (bavail * bsize) / 1e9;
  const what = `${free.toFixed(1)} Go libres pour ${folder}`;
  return free >= FREE_MIN_GB ? good(what) : { state: 'faute', what, mend: `libérez au moins ${FREE_MIN_GB} Go` };
}

async function checkRows(): Promise<Finding> {
  return withDatabase(async (db) => {
    const drifts: string[] = [];
    let [fiches, after]: [number, string | null] = [0, null];
    for (;;) {
      const page = await db.asWorker((sql) => rowsAgainstDocuments(sql, after, PAGE));
      fiches += page.fiches;
      drifts.push(...page.drifts.map(({ table, id, what }) => `${table} ${id} (${what})`));
      if (page.fiches < PAGE) break;
      after = page.last;
    }
    if (drifts.length === 0) return good(`${fiches} fiches, lignes et documents disent la même chose`);
    const shown = drifts.slice(0, DRIFTS_SHOWN).join(' ; ');
    return {
      state: 'faute',
      what: `${drifts.length} lignes s’écartent de leur document : ${shown}`,
      mend: 'signalez-le',
    };
  });
}

/** What the platform leans on, in the order in which one thing needs the other. */
export const CHECKS: readonly Check[] = [
  { name: 'Node', run: checkNode },
  { name: 'Disque', run: checkDisk },
  { name: 'Base', run: checkDatabase },
  { name: 'Horloge', run: checkClock },
  { name: 'Temporal', run: checkTemporal },
  { name: 'Relais', run: () => withDatabase(relayFinding) },
  { name: 'Réconciliation', run: checkReconciler },
  { name: 'Navigateur', run: checkBrowser },
  { name: 'Lignes', run: checkRows },
];
