import type { TestWorkflowEnvironment } from '@temporalio/testing';
import type { Viewer } from '../../db/connect.ts';
import { Stage } from '../../db/moderation/stage.ts';
import { createTestDatabase } from './database.ts';
import { realTemporal } from './temporal.ts';

/** A database, a Temporal and people for one test file: an organisme of one OF, and a moderator. */
export interface WorkflowScene {
  readonly temporal: TestWorkflowEnvironment;
  readonly stage: Stage;
  readonly organisme: { readonly id: string; readonly of: Viewer };
  readonly moderatrice: Viewer;
  readonly close: () => Promise<void>;
}

/** Opens it on real parts, by default on the run's own server; its `close` gives all of it back. */
export async function openScene(openTemporal = realTemporal): Promise<WorkflowScene> {
  const database = await createTestDatabase();
  const [stage, temporal] = await Promise.all([Stage.open(database.url), openTemporal()]);
  return {
    temporal,
    stage,
    organisme: await stage.organisme(),
    moderatrice: await stage.person('moderateur'),
    close: async () => {
      await temporal.teardown();
      await stage.close();
      await database.drop();
    },
  };
}
