import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sql as raw } from 'kysely';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import { anOrganisme } from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { type ImportScene, openImportScene } from '../../ops/test/import-scene.ts';
import type { Database } from '../connect.ts';
import { listRemoved } from '../moderation/removed-persons.ts';

const ZOE = { nom: 'Durand', prenom: 'Zoé', courriel: 'zoe.durand@exemple.fr' };

let scene: ImportScene;
let db: Database;

beforeAll(async () => {
  scene = await openImportScene();
  ({ db } = scene);
});
afterAll(() => scene.close());

const naming = (document: FormationDocument, titre: string): FormationDocument => ({
  ...document,
  champs: {
    ...document.champs,
    'intitule-formation': titre,
    'objectif-formation': 'S’adresser à DURAND Zoé.',
    'contact-formation': [{ coordonnees: ZOE }],
  },
});
const base = anOrganisme();
const organisme = { ...base, champs: { ...base.champs, 'contact-organisme': [{ coordonnees: ZOE }] } };

const namedIn = async () => {
  const { rows } = await db.asWorker((sql) =>
    raw<{ where: string }>`select 'version' as "where" from fiche_version where document::text ilike '%durand%'
      union all select 'soumission' from soumission where document::text ilike '%durand%'
      union all select 'revision' from soumission_revision where document::text ilike '%durand%'
      union all select 'recu' from source_recu where document::text ilike '%durand%'`.execute(sql),
  );
  return rows.map(({ where }) => where);
};

describe('a source that names a removed person again', () => {
  it.each(['onisep', 'intercarif'] as const)('is taken without them, told and journaled: %s', async (source) => {
    await db.asWorker((sql) => listRemoved(sql, ZOE));
    const k = source === 'onisep' ? 1 : 11;
    const file = aLheoFile([naming(aReceived(k), 'CAP menuisier'), aReceived(k + 1)], organisme);
    const report = await scene.importing(file, { source });
    expect(report).toMatchObject({ created: 2 });
    const told = report.lines.filter(({ code }) => code === 'personne-effacee');
    expect(told.map(({ kind, numero }) => [kind, numero])).toContainEqual(['remarque', `07_${k}`]);
    expect(await namedIn()).toEqual([]);
    const { rows } = await db.asWorker((sql) =>
      raw`select 1 from journal j join soumission s on s.id = j.soumission_id
        where j.act = 'effacer' and s.titre = 'CAP menuisier' and j.data ->> 'personneRetiree' = 'true'
          and s.source_name = ${source}`.execute(sql),
    );
    expect(rows).toHaveLength(1);
    expect(await scene.importing(file, { source })).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    const again = aLheoFile([naming(aReceived(k), 'CAP charpentier'), aReceived(k + 1)], organisme);
    expect(await scene.importing(again, { source })).toMatchObject({ changed: 1, unchanged: 1 });
    expect(await namedIn()).toEqual([]);
  });
});
