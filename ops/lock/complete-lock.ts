import { readFile, writeFile } from 'node:fs/promises';
import { completeLock, hostsOf, type LockFile, missingOptionals } from './lock-file.ts';

const file = new URL('../../package-lock.json', import.meta.url);
const lock: LockFile = JSON.parse(await readFile(file, 'utf8'));
const hosts = hostsOf(lock);
if (hosts.length > 0) {
  console.error(
    `package-lock.json names ${hosts.length} addresses: set omit-lockfile-registry-resolved=true and install again.`,
  );
  process.exit(1);
}
const missing = missingOptionals(lock);
if (missing.length > 0) await writeFile(file, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
console.log(`package-lock.json: ${missing.length} platform packages added.`);
