import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { makeCrossable, root } from '../services/folders.ts';
import { startNode } from '../services/processes.ts';

/** `parts`: PostgreSQL with a migrated template, and Temporal. `platform`: all that `npm start` starts, with its demo offer or empty. */
export type ServiceKind = 'parts' | 'platform' | 'emptyPlatform';

export interface TestServices {
  /** What tests find in their environment. */
  readonly env: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/** What the keeper answers once its services run, or why they do not. */
export type KeeperMessage = { readonly env: Record<string, string> } | { readonly fault: string };

/**
 * Starts services for one test run in a keeper: a process that stops them when asked, and also when this one is killed.
 */
export async function startTestServices(kind: ServiceKind): Promise<TestServices> {
  const folder = await mkdtemp(join(tmpdir(), 'sofi-test-'));
  await makeCrossable(folder);
  const keeper = await startNode({
    name: 'keeper',
    args: ['ops/test/keeper.ts', kind, folder],
    cwd: root,
    stopTimeoutMs: 15_000,
  });
  const stop = async (): Promise<void> => {
    await keeper.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const answer = await Promise.race([
    new Promise<KeeperMessage>((resolve) => keeper.child.once('message', (message: KeeperMessage) => resolve(message))),
    keeper.exited.then((): KeeperMessage => ({ fault: keeper.output() })),
  ]);
  if ('env' in answer) return { env: answer.env, stop };
  await stop();
  throw new Error(`Cannot start the services of the tests: ${answer.fault}`);
}
