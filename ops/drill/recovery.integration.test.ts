import { readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { backUp } from '../sofi/backup.ts';
import { reconcilerFinding } from '../sofi/doctor-procedures.ts';
import { restoreFrom } from '../sofi/restore.ts';
import { insist, post } from './insist.ts';
import { inspect } from './inspect.ts';
import type { People } from './people.ts';
import { Rig } from './rig.ts';
import { waiting } from './scenes.ts';
import { openStage } from './stage.ts';

/** A start reconciles at once; its report is there within this. */
const REPORT_WITHIN_MS = 60_000;

describe('what survives a lost store', () => {
  let rig: Rig;
  let people: People;
  beforeAll(async () => {
    rig = await Rig.open();
    people = await openStage(rig);
  }, 120_000);
  afterAll(() => rig.close(), 60_000);

  const approve = (id: string) =>
    insist(() =>
      post(people.moderatrice, {
        path: `/soumissions/${id}/decisions`,
        body: { kind: 'approve', version: 1 },
        key: `decision-${id}`,
      }),
    );

  /** What the reconciler tells once it names all of these, or in the end. */
  async function lostReport(ids: readonly string[]): Promise<string> {
    const { temporalAddress, temporalNamespace } = rig.run;
    const deadline = Date.now() + REPORT_WITHIN_MS;
    for (;;) {
      const { what } = await reconcilerFinding(temporalAddress, temporalNamespace);
      if (ids.every((id) => what.includes(`soumission-${id}`)) || Date.now() > deadline) return what;
      await new Promise((resolve) => setTimeout(resolve, 300));
    }
  }

  it('moves every open soumission again when the file of Temporal is thrown away', async () => {
    const { id } = await waiting(people);
    await rig.stop();
    for (const name of await readdir(join(rig.data, 'temporal'))) {
      if (name.startsWith('temporal.db')) await rm(join(rig.data, 'temporal', name));
    }
    await rig.start();
    expect((await inspect(rig)).wrong).toEqual([]);
    expect((await approve(id)).status).toBe(200);
  }, 120_000);

  it('puts a file of Temporal that its server refuses aside, in a sentence, and goes on', async () => {
    const { id } = await waiting(people);
    await rig.stop();
    const folder = join(rig.data, 'temporal');
    for (const suffix of ['-wal', '-shm']) await rm(join(folder, `temporal.db${suffix}`), { force: true });
    await writeFile(join(folder, 'temporal.db'), 'of another age '.repeat(1_000));
    await rig.start();
    expect(rig.said()).toMatch(/refused file put aside/);
    expect((await inspect(rig)).wrong).toEqual([]);
    expect((await approve(id)).status).toBe(200);
  }, 120_000);

  it('goes on from a database restored to an older state and names what it no longer holds', async () => {
    const open = await waiting(people);
    await expect(backUp(rig.data, join(rig.folder, 'refused'))).rejects.toThrow(/tourne/);
    await rig.stop();
    const copy = join(rig.folder, 'copy');
    const made = await backUp(rig.data, copy);
    expect(made.files).toBeGreaterThan(100);
    await expect(backUp(rig.data, copy)).rejects.toThrow('n’est pas vide');
    await rig.start();
    await approve(open.id);
    const later = await waiting(people);
    await expect(restoreFrom(rig.data, copy)).rejects.toThrow(/tourne/);
    await rig.stop();
    const restored = await restoreFrom(rig.data, copy);
    expect(restored).toMatchObject({ files: made.files, bytes: made.bytes });
    await rig.start();
    const report = await lostReport([open.id, later.id]);
    // Decided after the copy, so ahead of its row; and deposited after it, so without one.
    expect(report).toContain(`soumission-${open.id}`);
    expect(report).toContain(`soumission-${later.id}`);
    expect((await inspect(rig)).wrong).toEqual([]);
    const decided = await insist(() => people.moderatrice.call<{ statut: string }>(`/soumissions/${open.id}`));
    expect(decided.body.statut).toBe('controlee');
  }, 180_000);
});
