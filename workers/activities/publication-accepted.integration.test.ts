import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../db/connect.ts';
import { brokenLinks, createWithdrawal, depositBrouillon } from '../../db/moderation/index.ts';
import { actorOf, REGION, Stage } from '../../db/moderation/stage.ts';
import { fullFile } from '../../db/publication/files.ts';
import { freeze } from '../../db/publication/freeze.ts';
import { endUnswitched, openRelease } from '../../db/publication/releases.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import { createSchema } from '../../domain/lheo/schema.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { releaseOn } from './sample-release.ts';

describe('what people approved', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let moderatrice: Viewer;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    moderatrice = await stage.person('moderateur');
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  const fileOf = async (n: number) => {
    const pieces: Buffer[] = [];
    for await (const piece of fullFile((work) => stage.db.asWorker(work), n)) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };

  it('can be undone until a release froze it, is published with its numeros, and leaves by a withdrawal', async () => {
    const document = stage.formation(organisme.id, { sessions: 3 });
    const id = await stage.deposit(organisme.of, document);
    await stage.approve(id, moderatrice);

    const { n: given } = await stage.db.asWorker((tx) =>
      openRelease(tx, { kind: 'normal', scheduled: false, day: stage.day, requestedBy: null, at: stage.now }),
    );
    await stage.db.asWorker((tx) =>
      freeze(tx, { n: given, day: stage.day, writerVersion: WRITER_VERSION, kind: 'normal' }),
    );
    const undo = () => stage.apply(id, { kind: 'undo', by: actorOf(moderatrice) });
    await expect(undo()).rejects.toMatchObject({ code: 'annulation-depassee' });
    await stage.db.asWorker((tx) => endUnswitched(tx, given, 'failed', { reason: 'given up' }));

    const n = await releaseOn(stage.db, stage.day);
    const xml = await fileOf(n);
    const schema = createSchema('2.3');
    expect(schema.validate(xml)).toEqual([]);
    schema[Symbol.dispose]();
    expect(xml.match(/<(formation|action|session) numero="21_\d+"/g)).toHaveLength(5);
    expect(await stage.state(id)).toMatchObject({ statut: 'publiee' });
    expect(await stage.db.asWorker((tx) => brokenLinks(tx, document.id))).toEqual([]);

    const withdrawal = await stage.db.asViewer(organisme.of, async (sql) => {
      const draft = await createWithdrawal(sql, {
        viewer: organisme.of,
        ficheId: document.id,
        motif: 'Arrêt',
        at: stage.now,
      });
      const deposit = { brouillonId: draft.id, by: actorOf(organisme.of), at: stage.at, dueHour: REGION.dueHour };
      return (await depositBrouillon(sql, deposit)).soumissionId;
    });
    await stage.approve(withdrawal, moderatrice);
    await releaseOn(stage.db, stage.day);
    expect(await stage.state(withdrawal)).toMatchObject({ statut: 'publiee' });
    const rows = await stage.db.asWorker((tx) => tx.selectFrom('release').select('state').orderBy('n').execute());
    expect(rows.map(({ state }) => state)).toEqual(['failed', 'published', 'empty']);
  });
});
