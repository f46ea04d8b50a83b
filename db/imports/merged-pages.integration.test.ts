import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { type ImportScene, openImportScene } from '../../ops/test/import-scene.ts';
import type { Database } from '../connect.ts';
import { mergeFiches } from '../look-alikes/merge.ts';

/** Formations of one transaction of an import. */
const PAGE = 50;

let scene: ImportScene;
let db: Database;

beforeEach(async () => {
  scene = await openImportScene();
  ({ db } = scene);
});
afterEach(() => scene.close());

const importing = async (formations: readonly FormationDocument[]) =>
  (await scene.importing(aLheoFile(formations), { source: 'onisep' })).lines;

const on = (document: FormationDocument, day: string): FormationDocument => ({
  ...document,
  actions: document.actions.map((action) => ({
    ...action,
    sessions: action.sessions.map((one) => ({ ...one, champs: { ...one.champs, periode: { debut: day, fin: day } } })),
  })),
});
const saying = (document: FormationDocument, titre: string): FormationDocument => ({
  ...document,
  champs: { ...document.champs, 'intitule-formation': titre, 'objectif-formation': `Objectif de ${titre}` },
  actions: document.actions.map((action) => ({
    ...action,
    champs: { ...action.champs, 'rythme-formation': `Rythme de ${titre}` },
  })),
});

const stays = aReceived(1);
const left = on(aReceived(2), '20280303');
const others = Array.from({ length: PAGE }, (_, k) => aReceived(100 + k));

async function merged(): Promise<void> {
  await importing([stays, left]);
  const [into, from] = await db.asWorker((sql) => sql.selectFrom('formation').select('id').orderBy('numero').execute());
  const by = { userId: scene.sender.userId, role: scene.sender.role } as Actor;
  const { id } = await db.asWorker((sql) =>
    sql
      .selectFrom('soumission')
      .select('id')
      .where('fiche_id', '=', from?.id ?? '')
      .executeTakeFirstOrThrow(),
  );
  const pair = { soumissionId: id, into: into?.id ?? '', from: from?.id ?? '', proposed: null };
  const { region, now } = scene.options;
  await db.asWorker((sql) => mergeFiches(sql, { ...pair, by, at: now(), region }));
}

async function staying(): Promise<FormationDocument> {
  const { document } = await db.asWorker((sql) =>
    sql
      .selectFrom('fiche_version as v')
      .innerJoin('formation as f', (join) => join.onRef('f.id', '=', 'v.fiche_id').onRef('f.version_n', '=', 'v.n'))
      .select('v.document')
      .where('f.numero', '=', '07_1')
      .executeTakeFirstOrThrow(),
  );
  if (document.kind !== 'formation') throw new Error('07_1 is no formation');
  return document;
}

const daysOf = ({ actions }: FormationDocument) =>
  actions.flatMap(({ sessions }) => sessions.map(({ champs }) => champs.periode?.debut));

describe('a merged formation that its source sends again with the one that stays', () => {
  const ownDay = stays.actions[0]?.sessions[0]?.champs.periode?.debut;
  const sent = { stays: saying(stays, 'CAP menuisier'), left: saying(on(left, '20290505'), 'CAP charpentier') };

  it.each([
    ['in a later page', [sent.stays, ...others, sent.left]],
    ['in an earlier page', [sent.left, ...others, sent.stays]],
    ['in the same page, after it', [sent.stays, sent.left]],
    ['in the same page, before it', [sent.left, sent.stays]],
  ])('never overrides its own entry: %s', async (_, file) => {
    await merged();
    const lines = await importing(file);
    const document = await staying();
    expect(document.champs).toMatchObject({
      'intitule-formation': 'CAP menuisier',
      'objectif-formation': 'Objectif de CAP menuisier',
    });
    expect(document.actions.map(({ champs }) => champs['rythme-formation'])).toContain('Rythme de CAP menuisier');
    expect(new Set(daysOf(document))).toEqual(new Set([ownDay, '20290505']));
    expect(daysOf(document)).toHaveLength(2);
    expect(lines).toContainEqual(
      expect.objectContaining({ kind: 'remarque', numero: '07_2', code: 'formation-reunie-ailleurs' }),
    );
  });

  it.each([
    ['after', [stays, ...others, saying(left, 'CAP charpentier')]],
    ['before', [saying(left, 'CAP charpentier'), ...others, stays]],
  ])('leaves an entry that says the same as before as it is: sent %s it', async (_, file) => {
    await merged();
    const before = await staying();
    await importing(file);
    const after = await staying();
    expect(after.champs).toEqual(before.champs);
    const own = (document: FormationDocument) =>
      document.actions.find(({ numero }) => numero === '07_A1')?.champs['rythme-formation'];
    expect(own(after)).toBe(own(before));
  });
});
