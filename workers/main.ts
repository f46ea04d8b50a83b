import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection, Worker, type WorkflowBundle } from '@temporalio/worker';
import { openDatabase } from '../db/connect.ts';
import { PAYS_DE_LA_LOIRE, parseRegion, type RegionSettings } from '../domain/model/region.ts';
import { INTERACTIF, LOTS } from '../workflows/messages.ts';
import { allActivities } from './activities/index.ts';
import { activityLog } from './activity-log.ts';
import type { WorkerDeps } from './deps.ts';
import { startRelay } from './relay.ts';
import { onBehalfInterceptor } from './request-context.ts';
import { ensureSchedules, reconcileNow } from './schedules.ts';
import { QUEUES, type Queue, readWorkerSettings, type WorkerSettings } from './settings.ts';
import { installTelemetry, openWorkerLog } from './telemetry.ts';
import { startMailWaker } from './wake-mail.ts';
import { cachedBundle } from './workflow-bundle.ts';

/** Pages of texts are garbage at once: the heaps of all threads are collected at a third more than they hold, not at twice. */
const GROW_SLOWLY = '--heap-growing-percent=30';
const POOL_MAX = 20;
const MAX_CACHED_WORKFLOWS = 2_000;
/** People wait on the first; the second does one heavy thing at a time. */
const ACTIVITIES_AT_ONCE: Record<Queue, number> = { interactif: 20, lots: 4 };
/** Calls under way when the process is told to stop have this long to end. */
const GRACE = '3 seconds';
/** A worker that died is not waited for longer by the workflows it had in memory (the SDK's default is 10 s). */
const STICKY = '5 seconds';
/** gRPC's own pauses between two tries grow to two minutes: a server that is back would be found late. */
const RECONNECT = { 'grpc.initial_reconnect_backoff_ms': 200, 'grpc.max_reconnect_backoff_ms': 1_000 };

function readQueues(): Queue[] {
  const { values } = parseArgs({ options: { queue: { type: 'string', default: QUEUES.join(',') } } });
  const asked = values.queue.split(',').map((name) => QUEUES.find((queue) => queue === name.trim()));
  if (asked.some((queue) => queue === undefined)) {
    throw new Error(`Cannot serve the queues "${values.queue}": there are ${QUEUES.join(', ')}`);
  }
  return asked.filter((queue) => queue !== undefined);
}

async function readRegion(file: string | undefined): Promise<RegionSettings> {
  return file === undefined ? PAYS_DE_LA_LOIRE : parseRegion(JSON.parse(await readFile(file, 'utf8')));
}

function connectionOptions({ temporal }: WorkerSettings) {
  return {
    address: temporal.address,
    ...(temporal.tls ? { tls: true } : {}),
    ...(temporal.apiKey === undefined ? {} : { apiKey: temporal.apiKey }),
  };
}

function createWorker(queue: Queue, deps: WorkerDeps, connection: NativeConnection, workflowBundle: WorkflowBundle) {
  return Worker.create({
    connection,
    namespace: deps.settings.temporal.namespace,
    taskQueue: queue,
    workflowBundle,
    activities: allActivities(deps),
    interceptors: { activity: [activityLog(deps.log)] },
    maxCachedWorkflows: MAX_CACHED_WORKFLOWS,
    stickyQueueScheduleToStartTimeout: STICKY,
    maxConcurrentActivityTaskExecutions: ACTIVITIES_AT_ONCE[queue],
    shutdownGraceTime: GRACE,
  });
}

async function main(): Promise<void> {
  setFlagsFromString(GROW_SLOWLY);
  const settings = readWorkerSettings(process.env);
  const queues = readQueues();
  const log = openWorkerLog(settings.logLevel);
  installTelemetry(log, settings.metricsAddress);
  const [region, bundle, connection, clientConnection] = await Promise.all([
    readRegion(settings.regionFile),
    cachedBundle(settings.dataFolder),
    NativeConnection.connect(connectionOptions(settings)),
    Connection.connect({ ...connectionOptions(settings), channelArgs: RECONNECT }),
  ]);
  const db = await openDatabase({ url: settings.databaseUrl, poolMax: POOL_MAX, name: 'sofi-worker' });
  const temporal = new Client({
    connection: clientConnection,
    namespace: settings.temporal.namespace,
    interceptors: { workflow: [onBehalfInterceptor] },
  });
  const deps: WorkerDeps = { db, settings, region, log, temporal };
  await ensureSchedules(deps);
  const workers = await Promise.all(queues.map((queue) => createWorker(queue, deps, connection, bundle)));
  const stopRelay = queues.includes(INTERACTIF) ? startRelay(deps) : undefined;
  const stopMailWaker = queues.includes(LOTS) ? startMailWaker(deps) : undefined;
  const stop = () => {
    for (const worker of workers) if (worker.getState() === 'RUNNING') worker.shutdown();
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  const running = Promise.all(workers.map((worker) => worker.run()));
  await reconcileNow(temporal).catch((error: unknown) => log.warn({ err: error }, 'reconciliation not triggered'));
  process.stdout.write(`worker ready: ${queues.join(', ')}\n`);
  await running;
  await stopRelay?.();
  await stopMailWaker?.();
  await Promise.allSettled([connection.close(), clientConnection.close(), db.close()]);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(2);
});
