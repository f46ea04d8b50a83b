import { readFileSync } from 'node:fs';
import { expect, it } from '@jest/globals';
import { readMatrix } from './matrix.ts';

it('every route answers each role as the committed table says', async () => {
  const committed = readFileSync(new URL('./routes.csv', import.meta.url), 'utf8');
  const now = await readMatrix();
  // When a difference is meant: node ops/run.mjs ops/test/matrix/write.ts
  expect(now.split('\n')).toEqual(committed.split('\n'));
}, 300_000);
