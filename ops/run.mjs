import { resolve } from 'node:path';
import { handOver, installPackages, requireNode, root } from './setup/install.mjs';

requireNode();
await installPackages({ quiet: true });
const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error('usage: node ops/run.mjs PROGRAM [ARGUMENT…]');
  process.exit(2);
}
handOver(resolve(root, program).slice(root.length), args);
