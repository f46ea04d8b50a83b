import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { brokenLinks, keepWords } from './index.ts';
import { listRemoved } from './removed-persons.ts';
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

const ZOE = { nom: 'Durand', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' };
const naming = (document: FormationDocument): FormationDocument => ({
  ...document,
  champs: {
    ...document.champs,
    'contact-formation': [{ coordonnees: { ...ZOE, portable: { numtel: ['0600000000'] } } }],
  },
});

/** How many of what is kept of a fiche name the person. */
async function kept(ficheId: string) {
  const { rows } = await stage.db.asWorker((sql) =>
    raw<{ versions: number; entries: number; told: number }>`select
      (select count(*) from fiche_version where fiche_id = ${ficheId} and document::text ~* 'durand|0600000000')::int as versions,
      (select count(*) from soumission s left join soumission_revision r on r.soumission_id = s.id
        where s.fiche_id = ${ficheId} and (s.document::text ~* 'durand' or r.document::text ~* 'durand'))::int as entries,
      (select count(*) from journal where fiche_id = ${ficheId} and data ->> 'personneRetiree' = 'true')::int as told`.execute(
      sql,
    ),
  );
  return rows[0];
}

describe('a person who was removed', () => {
  it('does not come back by what an OF deposits, and the journal says so', async () => {
    const { id: organisme, of } = await stage.organisme();
    await stage.db.asWorker((sql) => listRemoved(sql, ZOE));
    const document = naming(stage.formation(organisme));
    expect(await stage.approve(await stage.deposit(of, document))).toMatchObject({ statut: 'validee' });
    expect(await kept(document.id)).toEqual({ versions: 0, entries: 0, told: 1 });
    expect(await stage.db.asWorker((sql) => brokenLinks(sql, document.id))).toEqual([]);
  });

  it('does not come back by a moderator’s mend', async () => {
    const { id: organisme, of } = await stage.organisme();
    await stage.db.asWorker((sql) => listRemoved(sql, ZOE));
    const document = stage.formation(organisme);
    const id = await stage.deposit(of, document);
    await stage.check(id);
    const moderator = await stage.person('moderateur');
    const wish = { path: '/champs/objectif-formation', value: 'Voir avec Zoé DURAND.', reason: 'précision' };
    const words = await stage.db.asWorker((sql) => keepWords(sql, { soumissionId: id, words: { mends: [wish] } }));
    await stage.apply(id, { kind: 'mend', by: actorOf(moderator), version: 1, words });
    await stage.check(id);
    expect(await stage.approve(id, moderator)).toMatchObject({ statut: 'validee' });
    expect(await kept(document.id)).toMatchObject({ versions: 0, entries: 0 });
  });

  it('leaves what names others as it was deposited', async () => {
    const { id: organisme, of } = await stage.organisme();
    await stage.db.asWorker((sql) => listRemoved(sql, ZOE));
    const document = stage.formation(organisme);
    await stage.approve(await stage.deposit(of, document));
    expect(await kept(document.id)).toMatchObject({ told: 0 });
  });
});
