import { handOver, installPackages, requireNode } from './setup/install.mjs';

requireNode();
await installPackages();
handOver('ops/start/main.ts', process.argv.slice(2));
