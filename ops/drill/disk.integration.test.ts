import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { insist, post, statusOf } from './insist.ts';
import { inspect } from './inspect.ts';
import type { People } from './people.ts';
import { Rig } from './rig.ts';
import { checked, draft, fileOf, sendFile, waiting } from './scenes.ts';
import { openSmallDisk, type SmallDisk } from './small-disk.ts';
import { openStage } from './stage.ts';

const DISK_MB = 600;
/** More than what PostgreSQL can write into the files it has already. */
const MANY = 400;

const disk = await openSmallDisk(DISK_MB);
if (disk === undefined) console.warn('SKIPPED: this user may not mount a small disk; a full disk is not tried');
const withDisk = disk === undefined ? describe.skip : describe;

withDisk('a disk that is full', () => {
  let rig: Rig;
  let people: People;
  const { fill, free, close, folder } = disk as SmallDisk;
  beforeAll(async () => {
    rig = await Rig.open({ folder });
    people = await openStage(rig);
  }, 120_000);
  afterAll(async () => {
    await rig?.stop();
    await close();
  }, 60_000);

  /** `done`, or how it was refused. */
  const outcome = (act: Promise<unknown>) =>
    act.then(
      () => 'done',
      (error: unknown) => `${statusOf(error)} ${(error as { code?: string }).code}`,
    );

  it('is said to who acts and to who starts, and nothing is lost or corrupt once there is room', async () => {
    const entry = await draft(people);
    const { id, version } = await waiting(people);
    const text = await fileOf(MANY, 'plein_');
    const deposit = { path: `/brouillons/${entry}/depot`, key: `depot-${entry}` };
    const decision = {
      path: `/soumissions/${id}/decisions`,
      body: { kind: 'approve', version },
      key: `decision-${id}`,
    };
    const acts = () => [
      outcome(post(people.of, deposit)),
      outcome(post(people.moderatrice, decision)),
      outcome(post(people.admin, { path: '/releases', body: { kind: 'normal' }, key: randomUUID() })),
      outcome(sendFile(people.admin, 'reprise', text)),
    ];
    await fill();
    const said = [...(await Promise.all(acts())), ...(await Promise.all(acts()))];
    for (const one of said) expect(one).toMatch(/^(done|503 |409 cle-en-cours)/);
    expect(said).toContain('503 disque-plein');
    await rig.stop();
    await fill();
    await expect(rig.start()).rejects.toThrow(/Le disque est plein.*The disk is full/s);

    await free();
    await rig.start();
    await insist(() => post(people.of, deposit));
    await insist(() => post(people.moderatrice, decision)).catch((error: unknown) => {
      // It took effect behind a refusal.
      if (statusOf(error) !== 409) throw error;
    });
    expect((await checked(people.of, entry)).statut).toBe('controlee');
    expect((await checked(people.of, id)).statut).toMatch(/validee|publiee/);
    const report = await insist(() => people.admin.importFile('reprise', [text]));
    expect(report).toMatchObject({ state: 'done', read: MANY, refused: [] });
    expect((await inspect(rig)).wrong).toEqual([]);
  }, 240_000);
});
