import { readFile } from 'node:fs/promises';
import pg from 'pg';
import { openDatabase } from '../db/connect.ts';
import { ensureDemoFreshness } from '../db/fraicheur/settings.ts';
import { PAYS_DE_LA_LOIRE, parseRegion, type RegionSettings } from '../domain/model/region.ts';
import { createApp } from './app.ts';
import { startCatcher } from './demo/catcher.ts';
import { purgeKeys } from './idempotency.ts';
import { openApiLog } from './log.ts';
import { ensureDemoPeople, ensureOperator } from './login/demo-people.ts';
import { drain, listen, openServer } from './server.ts';
import { readApiSettings } from './settings.ts';
import { openTemporal } from './temporal.ts';

const POOL_MAX = 10;
const LOGIN_POOL_MAX = 4;
/** For a connection, and again for its answer: a silent database is told within 4 s. */
const LOGIN_TIMEOUT_MS = 1_800;
const PURGE_EVERY_MS = 3_600_000;

async function readRegion(file: string | undefined): Promise<RegionSettings> {
  return file === undefined ? PAYS_DE_LA_LOIRE : parseRegion(JSON.parse(await readFile(file, 'utf8')));
}

async function start(): Promise<void> {
  const settings = readApiSettings(process.env);
  const log = openApiLog(settings.logLevel);
  const region = await readRegion(settings.regionFile);
  const db = await openDatabase({
    url: settings.databaseUrl,
    poolMax: POOL_MAX,
    name: 'sofi-api',
    answersInTime: true,
  });
  const loginPool = new pg.Pool({
    connectionString: settings.databaseUrl,
    max: LOGIN_POOL_MAX,
    connectionTimeoutMillis: LOGIN_TIMEOUT_MS,
    query_timeout: LOGIN_TIMEOUT_MS,
  });
  loginPool.on('error', (error) =>
    log.warn({ code: (error as { code?: string }).code }, 'login pool lost a connection'),
  );
  if (settings.demo) {
    await ensureDemoPeople(db);
    await db.asWorker(ensureDemoFreshness);
  }
  if (settings.operatorSecret !== undefined) await ensureOperator(db);
  const { mailCatcher } = settings;
  const stopCatcher = mailCatcher === undefined ? undefined : await startCatcher(db, mailCatcher, log);
  const temporal = openTemporal(settings.temporal);
  const server = openServer();
  const port = await listen(server, settings.port, settings.host);
  const app = createApp({ db, temporal: temporal.client, settings: { ...settings, port }, region, log, loginPool });
  server.on('request', app.app);
  log.info({ host: settings.host, port, demo: settings.demo }, 'api listening');

  const purge = setInterval(() => {
    purgeKeys({ db }).catch((error: unknown) => log.warn({ err: error }, 'cannot purge idempotency keys'));
  }, PURGE_EVERY_MS);
  const stop = async () => {
    clearInterval(purge);
    app.close();
    await drain(server);
    await Promise.allSettled([stopCatcher?.(), temporal.close(), loginPool.end(), db.close()]);
    process.exit(0);
  };
  process.once('SIGTERM', () => void stop());
  process.once('SIGINT', () => void stop());
}

start().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
