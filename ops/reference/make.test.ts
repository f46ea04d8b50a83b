import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { REFERENCE_FOLDER, referenceFiles, sharedFolder } from './make.ts';

const shared = sharedFolder();
if (shared === undefined)
  console.warn('SKIPPED: the folder of shared facts is absent, reference files are not compared');
const withShared = shared === undefined ? it.skip : it;

describe('the script that writes the reference files', () => {
  withShared('makes exactly the committed files', async () => {
    const files = await referenceFiles(shared ?? '');
    expect(files.size).toBeGreaterThan(8);
    for (const [name, text] of files) {
      const committed = await readFile(resolve(REFERENCE_FOLDER, name), 'utf8');
      expect([name, committed === text]).toEqual([name, true]);
    }
  });
});
