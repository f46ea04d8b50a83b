import { readdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from '@jest/globals';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils.js';
import { Worker } from '@temporalio/worker';
import { testBundle } from './stage-worker.ts';

const FOLDER = resolve(fileURLToPath(import.meta.url), '../../workflows/histories');

describe('the workflows as they are now', () => {
  it('replay every history that was kept', async () => {
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
    expect(names.length).toBeGreaterThanOrEqual(5);
    const histories = await Promise.all(
      names.map(async (name) => ({
        workflowId: name,
        history: historyFromJSON(JSON.parse(await readFile(join(FOLDER, name), 'utf8'))),
      })),
    );
    const workflowBundle = await testBundle();
    const replayed: Record<string, unknown> = {};
    for await (const { workflowId, error } of Worker.runReplayHistories({ workflowBundle }, histories)) {
      replayed[workflowId] = error;
    }
    expect(replayed).toEqual(Object.fromEntries(names.map((name) => [name, undefined])));
  });

  it('hold ids, statuses and instants only in what is kept', async () => {
    const names = (await readdir(FOLDER)).filter((name) => name.endsWith('.json'));
    for (const name of names) {
      const text = await readFile(join(FOLDER, name), 'utf8');
      const payloads = [...text.matchAll(/"data": ?"([A-Za-z0-9+/=]+)"/g)].map(([, data]) =>
        Buffer.from(data ?? '', 'base64').toString('utf8'),
      );
      expect(payloads.length).toBeGreaterThan(0);
      expect(payloads.join('\n')).not.toMatch(/ébéniste|motif|champs|@/);
    }
  });
});
