import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Connection } from '@temporalio/client';
import { openApiLog } from '../../api/log.ts';
import { root } from '../services/folders.ts';
import { freePort } from '../services/ports.ts';
import { type ServiceProcess, startNode } from '../services/processes.ts';
import { startTestApi, type TestApi } from './api-server.ts';
import { testTemporalAddress } from './temporal.ts';

const READY_WITHIN_MS = 60_000;

export interface WholeApi extends TestApi {
  readonly worker: ServiceProcess;
  /** `host:port` of the worker's own figures. */
  readonly workerMetrics: string;
  /** Every line that the API and the worker logged so far, at level `debug`. */
  readonly logLines: () => Promise<readonly string[]>;
}

/** A namespace of one's own: other tests serve the same task queues. */
async function ownNamespace(address: string): Promise<string> {
  const namespace = `whole-${randomUUID()}`;
  const connection = await Connection.connect({ address });
  const workflowExecutionRetentionPeriod = { seconds: 86_400 as never };
  await connection.workflowService.registerNamespace({ namespace, workflowExecutionRetentionPeriod });
  await connection.close();
  return namespace;
}

/** The API with a worker process on both queues, ready to serve; what both log is kept. `workerEnv` is for the worker alone. */
export async function startWholeApi({ workerEnv = {} }: { workerEnv?: NodeJS.ProcessEnv } = {}): Promise<WholeApi> {
  const address = testTemporalAddress();
  const namespace = await ownNamespace(address);
  const folder = await mkdtemp(join(tmpdir(), 'sofi-whole-'));
  const workerMetrics = `127.0.0.1:${await freePort()}`;
  const ofApi: string[] = [];
  const log = openApiLog('debug', { write: (line) => void ofApi.push(line.trimEnd()) });
  const api = await startTestApi({ address, namespace }, { log, workerMetrics });
  const logFile = join(folder, 'worker.log');
  const env = {
    ...process.env,
    DATABASE_URL: api.databaseUrl,
    TEMPORAL_ADDRESS: address,
    TEMPORAL_NAMESPACE: namespace,
    SOFI_DATA: folder,
    SOFI_DEMO: '1',
    SOFI_WORKER_METRICS: workerMetrics,
    LOG_LEVEL: 'debug',
    ...workerEnv,
  };
  const worker = await startNode({ name: 'worker', args: ['workers/main.ts'], cwd: root, env, logFile });
  const end = Date.now() + READY_WITHIN_MS;
  while ((await fetch(`${api.url}/readyz`)).status !== 200) {
    if (Date.now() > end) throw new Error(`Cannot get ready: ${worker.output()}`);
    await sleep(300);
  }
  return {
    ...api,
    worker,
    workerMetrics,
    logLines: async () => [...ofApi, ...(await readFile(logFile, 'utf8')).split('\n').filter((line) => line !== '')],
    async stop() {
      await worker.stop();
      await api.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
