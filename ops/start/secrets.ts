import { randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';

/** A secret kept in a file for its owner only, made on the first call. */
export async function keptSecret(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept.length >= 32) return kept;
  const made = randomBytes(48).toString('base64url');
  await writeFile(file, made, { mode: 0o600 });
  return made;
}

/** A secret for one run. */
export function freshSecret(): string {
  return randomBytes(48).toString('base64url');
}
