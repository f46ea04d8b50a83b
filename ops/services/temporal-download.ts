import { TestWorkflowEnvironment } from '@temporalio/testing';

// A process of its own, as the SDK fetches a server only to start it: node temporal-download.ts dev|skipping VERSION FOLDER
const [kind, version = 'default', downloadDir = ''] = process.argv.slice(2);
const server = { executable: { type: 'cached-download', version, downloadDir } } as const;
const environment = await (kind === 'dev'
  ? TestWorkflowEnvironment.createLocal({ server })
  : TestWorkflowEnvironment.createTimeSkipping({ server }));
await environment.teardown();
process.exit(0);
