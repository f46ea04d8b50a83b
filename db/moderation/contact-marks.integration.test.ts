import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { readFormation } from '../offre/formations.ts';
import { brouillonFromAccepted } from './brouillons.ts';
import { keepWords } from './index.ts';
import { actorOf, Stage } from './stage.ts';

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await Stage.open(database.url);
});
afterAll(async () => {
  await stage.close();
  await database.drop();
});

const marksOf = (document: unknown) =>
  (document as FormationDocument).champs['contact-formation']?.map((one) => one['@']?.tag);

/** An accepted formation whose contact carries no mark, as those entered before there were marks. */
async function accepted() {
  const { id: organisme, of } = await stage.organisme();
  const document = stage.formation(organisme);
  await stage.approve(await stage.deposit(of, document));
  await stage.db.asWorker(async (sql) => {
    await raw`set local role sofi_eraser`.execute(sql);
    await raw`update fiche_version set document = document #- '{champs,contact-formation,0,@}'
      where fiche_id = ${document.id}`.execute(sql);
  });
  return { of, id: document.id };
}
const received = (id: string) =>
  stage.db.asWorker((sql) =>
    raw`insert into source_recu (source, cle, fiche_id, hash) values ('essai', ${id}, ${id}, '')`.execute(sql),
  );

describe('an accepted contact without a mark', () => {
  const shown = async (isReceived: boolean) => {
    const { of, id } = await accepted();
    if (isReceived) await received(id);
    return stage.db.asViewer(of, async (sql) => [
      marksOf((await readFormation(sql, id))?.document),
      marksOf((await brouillonFromAccepted(sql, { viewer: of, ficheId: id, at: stage.now })).document),
    ]);
  };

  it('counts as private while people entered all of the fiche', async () => {
    expect(await shown(false)).toEqual([['prive'], ['prive']]);
  });

  it('counts as public once a flow brought it', async () => {
    expect(await shown(true)).toEqual([[undefined], [undefined]]);
  });
});

describe('a contact that a moderator’s mend adds', () => {
  it('stays inside, and the mend that is kept says so', async () => {
    const { id: organisme, of } = await stage.organisme();
    const document = stage.formation(organisme);
    const id = await stage.deposit(of, document);
    await stage.check(id);
    const moderator = await stage.person('moderateur');
    const path = '/champs/contact-formation/1';
    const wish = { path: `${path}/coordonnees/nom`, value: 'Paul Martin', reason: 'vu au téléphone' };
    const words = await stage.db.asWorker((sql) => keepWords(sql, { soumissionId: id, words: { mends: [wish] } }));
    await stage.apply(id, { kind: 'mend', by: actorOf(moderator), version: 1, words });
    const { champs } = await stage.db.asWorker((sql) =>
      sql.selectFrom('mend').select('champs').where('soumission_id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(champs).toContainEqual({ path: `${path}/@/tag`, after: 'prive', reason: wish.reason });
    const { document: mended } = await stage.db.asWorker((sql) =>
      sql.selectFrom('soumission').select('document').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(marksOf(mended)?.[1]).toBe('prive');
  });
});
