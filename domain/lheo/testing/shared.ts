import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { it } from '@jest/globals';

const CHECKOUT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** Folder of the official schemas and examples, beside the checkout or where `SOFI_SHARED` says; undefined when absent. */
export function sharedLheo(): string | undefined {
  const folder = join(process.env.SOFI_SHARED ?? join(CHECKOUT, '../shared'), 'lheo');
  return existsSync(folder) ? folder : undefined;
}

/** `it` where the official files are at hand; elsewhere the test is skipped and says so. */
export function itWithShared(name: string, test: (folder: string) => void | Promise<void>, timeoutMs?: number): void {
  const folder = sharedLheo();
  if (folder !== undefined) {
    it(name, () => test(folder), timeoutMs);
    return;
  }
  console.warn(`SKIPPED "${name}": the official LHÉO files are absent; set SOFI_SHARED`);
  it.skip(name, () => undefined);
}
