import { randomUUID } from 'node:crypto';
import { rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bundleWorkflowCode, DefaultLogger } from '@temporalio/worker';

/** Bundles every workflow, with source maps inside, into the file named; a process of its own for what the bundler keeps. */
const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('Cannot bundle the workflows: name the file');
const at = (name: string): string => join(import.meta.dirname, '../workflows', name);
const bundle = await bundleWorkflowCode({
  workflowsPath: at('index.ts'),
  workflowInterceptorModules: [at('request-interceptors.ts')],
  logger: new DefaultLogger('WARN'),
});
// Workers in containers share process ids, and may share the folder.
const mine = `${file}.${randomUUID()}`;
await writeFile(mine, bundle.code);
await rename(mine, file);
