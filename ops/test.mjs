import { handOver, installPackages, requireNode } from './setup/install.mjs';

requireNode();
await installPackages();
handOver('ops/test/main.ts', process.argv.slice(2), { dotEnv: false });
