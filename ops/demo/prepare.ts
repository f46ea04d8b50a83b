import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlaces } from './generator/places.ts';
import { referenceFiles } from './generator/referentiels.ts';

export const DEMO_SEED = 1;
export const DEMO_ORGANISMES = 40;

/**
 * Puts the demo's invented tables for CPF marking into the data folder, before the workers look there. Files that
 * somebody put there are left as they are.
 */
export async function prepareDemo(dataFolder: string): Promise<void> {
  const folder = join(dataFolder, 'referentiels');
  await mkdir(folder, { recursive: true });
  for (const { nom, text } of referenceFiles(DEMO_SEED, DEMO_ORGANISMES, await readPlaces())) {
    await writeFile(join(folder, nom), text, { flag: 'wx' }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}
