import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { NativeConnection } from '@temporalio/worker';
import { until } from '../drill/until.ts';
import { freePort } from '../services/ports.ts';
import { startTemporal, type TemporalServer } from '../services/temporal.ts';
import { findProgram } from '../services/temporal-binaries.ts';
import { DEV_SERVER } from '../services/temporal-wheels.ts';
import { installRuntime } from './temporal.ts';

interface Running {
  readonly server: TemporalServer;
  readonly client: Client;
  readonly nativeConnection: NativeConnection;
}

async function run(folder: string): Promise<Running> {
  const { path } = await findProgram(DEV_SERVER);
  const port = await freePort();
  const server = await startTemporal({ program: path, folder, ports: async () => ({ port }) });
  const client = new Client({ connection: await Connection.connect({ address: server.address }) });
  return { server, client, nativeConnection: await NativeConnection.connect({ address: server.address }) };
}

/** A Temporal development server of a test's own, that dies and comes back, with its store or without. */
export class OwnTemporal {
  readonly #folder: string;
  #running: Running;

  constructor(folder: string, running: Running) {
    this.#folder = folder;
    this.#running = running;
  }

  static async start(): Promise<OwnTemporal> {
    installRuntime();
    const folder = await mkdtemp(join(tmpdir(), 'sofi-away-'));
    return new OwnTemporal(folder, await run(folder));
  }

  get client(): Client {
    return this.#running.client;
  }

  get nativeConnection(): NativeConnection {
    return this.#running.nativeConnection;
  }

  async kill(): Promise<void> {
    const { server, client, nativeConnection } = this.#running;
    await client.connection.close();
    await nativeConnection.close();
    server.process.kill();
    await server.process.exited;
  }

  async restart(): Promise<void> {
    this.#running = await run(this.#folder);
  }

  /** While it is dead. */
  async loseStore(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      if (name.startsWith('temporal.db')) await rm(join(this.#folder, name));
    }
  }

  async close(): Promise<void> {
    await this.kill();
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** Waits for so many runs of a Schedule and for their ends; answers how many there were. */
export async function endedRuns(client: Client, scheduleId: string, runs: number): Promise<number> {
  const { info } = await until(
    () => client.schedule.getHandle(scheduleId).describe(),
    ({ info }) => info.recentActions.length >= runs,
  );
  const ids = info.recentActions.flatMap(({ action }) =>
    action.type === 'startWorkflow' ? [action.workflow.workflowId] : [],
  );
  await Promise.all(ids.map((id) => client.workflow.getHandle(id).result()));
  return ids.length;
}
