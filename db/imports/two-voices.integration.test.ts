import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import { aSession } from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { type ImportScene, openImportScene } from '../../ops/test/import-scene.ts';
import { checkSoumission } from '../checks/check-soumission.ts';
import type { Database } from '../connect.ts';
import { contentsWithin } from '../moderation/first-voice.ts';
import { addSetting } from '../regles/settings.ts';

let scene: ImportScene;
let db: Database;

beforeAll(async () => {
  scene = await openImportScene();
  ({ db } = scene);
});
afterAll(() => scene.close());

async function importing(formations: readonly FormationDocument[], mode: 'partiel' | 'complet' = 'partiel') {
  const { id, lines } = await scene.importing(aLheoFile(formations), { source: 'onisep', mode });
  const rows = await db.asWorker((sql) =>
    sql
      .selectFrom('soumission as s')
      .leftJoin('outbox as o', (on) => on.onRef('o.subject_id', '=', 's.id').on('o.kind', '=', 'start'))
      .select(['s.id', 's.titre', 's.kind', 's.statut', 's.conduite', 's.accepted_n', 'o.kind as task'])
      .where('s.import_id', '=', id)
      .where('s.titre', 'like', 'CAP%')
      .orderBy('s.titre')
      .execute(),
  );
  return { rows, two: lines.filter(({ code }) => code === 'deux-personnes') };
}

const saying = (k: number, titre: string, objectif: string): FormationDocument => {
  const base = aReceived(k);
  return { ...base, champs: { ...base.champs, 'intitule-formation': titre, 'objectif-formation': objectif } };
};

describe('a trusted source', () => {
  it('leaves to two people what a rule asks them for, and decides the rest', async () => {
    const severity = { saisie: 'warning', fichier: 'warning', flux: 'warning' } as const;
    const activeFrom = '2026-01-01' as ParisDay;
    await db.asWorker((sql) =>
      addSetting(sql, {
        rule: 'sans-html',
        version: 0,
        severity,
        twoPeople: true,
        activeFrom,
        by: scene.sender.userId,
        reason: 'À voir à deux',
      }),
    );
    const { rows, two } = await importing([
      saying(1, 'CAP charpentier', 'Fabriquer des charpentes.'),
      saying(2, 'CAP menuisier', 'Fabriquer <b>des meubles</b>.'),
    ]);
    expect(rows).toMatchObject([
      { titre: 'CAP charpentier', statut: 'validee', conduite: 'lot', accepted_n: 1, task: null },
      { titre: 'CAP menuisier', statut: 'deposee', conduite: 'workflow', accepted_n: null, task: 'start' },
    ]);
    expect(two).toEqual([
      expect.objectContaining({ kind: 'remarque', numero: '07_2', values: { regles: 'sans-html' } }),
    ]);
    const id = rows[1]?.id ?? '';
    const { region, now } = scene.options;
    await db.asWorker((sql) => checkSoumission(sql, { id, version: 1, at: now(), region }));
    const contents = await db.asWorker((sql) => contentsWithin(sql, [id]));
    expect(contents.get(id)).toMatchObject({ fautive: true });
  });

  it('leaves to two people the withdrawal of a formation of many sessions', async () => {
    const base = aReceived(3);
    const sessions = Array.from({ length: 20 }, (_, k) => aSession({ numero: `07_S3_${k}` }));
    const many = { ...base, actions: base.actions.map((action) => ({ ...action, sessions })) };
    await importing([aReceived(1), aReceived(2), many, aReceived(4)]);
    const { rows, two } = await importing([aReceived(1), aReceived(2)], 'complet');
    const withdrawals = rows.filter(({ kind }) => kind === 'withdrawal');
    const became = withdrawals.map(({ statut, task }) => `${statut} ${task ?? ''}`);
    expect(new Set(became)).toEqual(new Set(['deposee start', 'validee ']));
    expect(became).toHaveLength(2);
    expect(two).toEqual([expect.objectContaining({ numero: '07_3', values: null })]);
  });
});
