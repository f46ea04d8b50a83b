import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { DefaultLogger, NativeConnection, Runtime } from '@temporalio/worker';
import { Stage } from '../../db/moderation/stage.ts';
import { stageWorker } from '../../workers/stage-worker.ts';
import { workflowIdOf } from '../../workflows/messages.ts';
import { createTestDatabase } from '../test/database.ts';
import { startTestServices } from '../test/services.ts';
import { SCENARIOS } from './scenarios.ts';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../../workflows/histories');
/** A history holds who wrote it: not this machine's name. */
const IDENTITY = 'sofi-histories';

interface Parts {
  readonly stage: Stage;
  readonly client: Client;
  readonly connection: NativeConnection;
}

async function record(name: string, { stage, client, connection }: Parts): Promise<void> {
  const play = SCENARIOS[name];
  if (play === undefined) throw new Error(`Cannot find the scenario "${name}"`);
  const { id: organisme, of } = await stage.organisme();
  const moderatrice = await stage.person('moderateur');
  const id = await stage.deposit(of, stage.formation(organisme));
  const worker = await stageWorker({ stage, connection, taskQueue: id, options: { identity: IDENTITY } });
  await worker.runUntil(() => play({ stage, client, of, moderatrice, id }));
  const history = await client.workflow.getHandle(workflowIdOf.soumission(id)).fetchHistory();
  await writeFile(join(FOLDER, `soumission-${name}.json`), `${historyToJSON(history)}\n`);
  console.log(`soumission-${name}.json`);
}

Runtime.install({ logger: new DefaultLogger('WARN') });
const services = await startTestServices('parts');
Object.assign(process.env, services.env);
const address = services.env.SOFI_TEST_TEMPORAL_ADDRESS ?? '';
const database = await createTestDatabase();
const connection = await NativeConnection.connect({ address });
const clientConnection = await Connection.connect({ address });
const stage = await Stage.open(database.url);
try {
  const client = new Client({ connection: clientConnection, identity: IDENTITY });
  for (const name of Object.keys(SCENARIOS)) await record(name, { stage, client, connection });
} finally {
  await stage.close();
  await Promise.allSettled([connection.close(), clientConnection.close()]);
  await database.drop();
  await services.stop();
}
