import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from '../services/folders.ts';

const SHARED = /SOFI_SHARED|\.\.\/shared['"`]|shared\/(lheo|refdata)/;
/** Tests and their helpers, and the script that writes the reference tables by hand. */
const TESTS = /\.test\.tsx?$|[/\\](dist|testing)[/\\]|^ops[/\\](test|reference)[/\\]/;

/**
 * The places in programs (tests and their helpers apart) that name the folder of facts beside the checkout: at run time
 * nothing may need it.
 */
export async function sharedReadings(folders: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const folder of folders) {
    for (const file of await readdir(join(root, folder), { recursive: true })) {
      const path = join(folder, file);
      if (!/\.(ts|tsx|mjs|sh)$/.test(path) || TESTS.test(path)) continue;
      const lines = (await readFile(join(root, path), 'utf8')).split('\n');
      lines.forEach((line, index) => {
        if (SHARED.test(line) && !line.trimStart().startsWith('//')) found.push(`${path}:${index + 1}: ${line.trim()}`);
      });
    }
  }
  return found;
}
