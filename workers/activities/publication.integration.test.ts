import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { sql } from 'kysely';
import { type Database, openDatabase } from '../../db/connect.ts';
import { brokenLinks } from '../../db/moderation/index.ts';
import { fullFile } from '../../db/publication/files.ts';
import type { Manifest } from '../../db/publication/manifest.ts';
import { deltaBetween } from '../../db/publication/members.ts';
import { acceptSample } from '../../db/publication/sample-offre.ts';
import { createSchema } from '../../domain/lheo/schema.ts';
import {
  actionId,
  aFormation,
  anAction,
  anOrganisme,
  aSession,
  ficheId,
  sessionId,
} from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import { releaseOn } from './sample-release.ts';

const DAY = '2026-11-24' as ParisDay;
const NEXT_DAY = '2026-11-25' as ParisDay;
const AFTER_THE_END = '2027-06-01' as ParisDay;

let test: TestDatabase;
let db: Database;
beforeEach(async () => {
  test = await createTestDatabase();
  db = await openDatabase({ url: test.url, poolMax: 4 });
});
const close = async () => {
  await db.close();
  await test.drop();
};
const schema = createSchema('2.3');
beforeAll(() => undefined);
afterAll(() => schema[Symbol.dispose]());

function numbered(k: number, given: Partial<FormationDocument> = {}): FormationDocument {
  const session = aSession({ id: sessionId(k), numero: `21_S${k}` });
  return aFormation({
    id: ficheId(100 + k),
    numero: `21_${k}`,
    actions: [anAction({ id: actionId(k), numero: `21_A${k}`, sessions: [session] })],
    ...given,
  });
}

async function accept(...formations: FormationDocument[]): Promise<string[]> {
  const ids: string[] = [];
  for (const formation of formations) ids.push(await db.asWorker((tx) => acceptSample(tx, formation, { day: DAY })));
  return ids;
}

async function fileOf(n: number): Promise<string> {
  const pieces: Buffer[] = [];
  for await (const piece of fullFile((work) => db.asWorker(work), n)) pieces.push(piece);
  return Buffer.concat(pieces).toString();
}

async function manifestOf(n: number): Promise<Manifest> {
  const { rows } = await db.asWorker((tx) =>
    sql<{ manifest: Manifest }>`select manifest from release where n = ${n}`.execute(tx),
  );
  const manifest = rows[0]?.manifest;
  if (manifest === undefined) throw new Error(`no release ${n}`);
  return manifest;
}

async function soumissionOf(id: string) {
  return db.asWorker((tx) => tx.selectFrom('soumission').selectAll().where('id', '=', id).executeTakeFirstOrThrow());
}

describe('a release', () => {
  beforeEach(async () => {
    await db.asWorker((tx) => acceptSample(tx, anOrganisme(), { day: DAY }));
  });
  // Each test leaves with its database.
  const inDatabase = (name: string, run: () => Promise<void>) =>
    it(name, async () => {
      try {
        await run();
      } finally {
        await close();
      }
    });

  inDatabase('publishes every accepted formation in one valid file, by numero bytewise', async () => {
    const ids = await accept(numbered(10), numbered(9), numbered(100));
    const n = await releaseOn(db, DAY);
    const xml = await fileOf(n);
    expect(schema.validate(xml)).toEqual([]);
    expect([...xml.matchAll(/<formation numero="([^"]+)"/g)].map(([, numero]) => numero)).toEqual([
      '21_10',
      '21_100',
      '21_9',
    ]);
    expect(xml).toContain('datemaj="20261124"');
    expect((await manifestOf(n)).counts).toEqual({ formations: 3, actions: 3, sessions: 3, organismes: 1 });
    const [first = ''] = ids;
    const soumission = await soumissionOf(first);
    expect(soumission).toMatchObject({ statut: 'publiee', seq: 4, release_n: n, due_at: expect.any(Date) });
    expect(soumission.echeances).toMatchObject({ diffusion: { kept: true } });
    expect(await db.asWorker((tx) => brokenLinks(tx, ficheId(110)))).toEqual([]);
    const { kept } = await db.asWorker((tx) =>
      tx.selectFrom('promesse').select('kept').where('soumission_id', '=', first).executeTakeFirstOrThrow(),
    );
    expect(kept).toBe(true);
  });

  inDatabase('keeps bytes and hash on a day without change', async () => {
    await accept(numbered(1), numbered(2));
    const first = await manifestOf(await releaseOn(db, DAY));
    const second = await manifestOf(await releaseOn(db, NEXT_DAY));
    expect(second.files).toEqual(first.files);
    expect(second).toMatchObject({ previous: 1, difference: { added: 0, changed: 0, deleted: 0 } });
  });

  inDatabase('carries a changed formation, and the earlier release keeps its own file', async () => {
    await accept(numbered(1), numbered(2));
    const first = await releaseOn(db, DAY);
    const before = await fileOf(first);
    const changed = numbered(2, { champs: { ...numbered(2).champs, 'intitule-formation': 'CAP menuisier' } });
    await db.asWorker((tx) => acceptSample(tx, changed, { day: NEXT_DAY }));
    const second = await releaseOn(db, NEXT_DAY);
    expect(await fileOf(second)).toContain('CAP menuisier');
    expect(await fileOf(first)).toBe(before);
    expect(await db.asWorker((tx) => deltaBetween(tx, first, second))).toEqual({
      changed: [{ numero: '21_2' }],
      deleted: [],
    });
  });

  inDatabase('loses a formation the day after its last session ended, and says why', async () => {
    await accept(numbered(1));
    const lasting = numbered(2);
    const [action] = lasting.actions;
    if (action === undefined) throw new Error('no action');
    const open = aSession({
      id: sessionId(2),
      champs: { ...action.sessions[0]?.champs, periode: { debut: '00000000', fin: '99999999' } },
    });
    await accept({ ...lasting, actions: [{ ...action, sessions: [open] }] });
    const first = await releaseOn(db, DAY);
    const second = await releaseOn(db, AFTER_THE_END);
    expect((await manifestOf(second)).difference).toEqual({ added: 0, changed: 0, deleted: 1, reRendered: 0 });
    expect(await db.asWorker((tx) => deltaBetween(tx, first, second))).toEqual({
      changed: [],
      deleted: [{ numero: '21_1', reason: 'echue' }],
    });
    const third = await releaseOn(db, '2027-06-02' as ParisDay);
    const { rows } = await db.asWorker((tx) =>
      sql`select 1 from release_change where release_n = ${third}`.execute(tx),
    );
    expect(rows).toEqual([]);
  });

  inDatabase('publishes a withdrawal in the first release without the fiche', async () => {
    await accept(numbered(1), numbered(2));
    await releaseOn(db, DAY);
    const id = await db.asWorker((tx) => acceptSample(tx, numbered(1), { day: NEXT_DAY, retrait: true }));
    const n = await releaseOn(db, NEXT_DAY);
    expect(await soumissionOf(id)).toMatchObject({ statut: 'publiee', release_n: n });
    expect(await fileOf(n)).not.toContain('"21_1"');
  });

  inDatabase(
    'keeps out what the rules refuse at the freeze: its former bytes stay and its soumission says why',
    async () => {
      await accept(numbered(1), numbered(2));
      const first = await releaseOn(db, DAY);
      const before = await fileOf(first);
      const broken = numbered(2, { champs: { ...numbered(2).champs, 'code-niveau-entree': '77' } });
      const id = await db.asWorker((tx) => acceptSample(tx, broken, { day: NEXT_DAY }));
      const second = await releaseOn(db, NEXT_DAY);
      expect(await fileOf(second)).toBe(before);
      expect(await soumissionOf(id)).toMatchObject({
        statut: 'validee',
        hors_release: expect.stringContaining('regle: '),
      });
      const { report } = await db.asWorker((tx) =>
        tx.selectFrom('release').select('report').where('n', '=', second).executeTakeFirstOrThrow(),
      );
      expect(report).toMatchObject({ keptOut: [{ fiche: broken.id, numero: '21_2' }] });
    },
  );

  inDatabase('shows a CPF marking that came between two releases, without moving the day of change', async () => {
    await accept(numbered(1));
    await releaseOn(db, DAY);
    await db.asWorker((tx) =>
      sql`update cpf_marking set answer = 'oui', code = 'RNCP37535', source = 'France compétences', debut = '2026-01-01', fin = null
        where session_id = ${sessionId(1)}`.execute(tx),
    );
    const xml = await fileOf(await releaseOn(db, NEXT_DAY));
    expect(xml).toContain('<extras numero="RNCP37535" info="eligibilite-cpf">');
    expect(xml).toContain('<extra info="fin-validite">99999999</extra>');
    expect(xml).not.toContain('datemaj="20261125"');
  });

  inDatabase('re-renders a formation by hand when its organisme changed', async () => {
    await accept(numbered(1));
    await releaseOn(db, DAY);
    const renamed = anOrganisme({ champs: { ...anOrganisme().champs, 'nom-organisme': 'Ateliers du Maine' } });
    await db.asWorker((tx) => acceptSample(tx, renamed, { day: NEXT_DAY }));
    expect(await fileOf(await releaseOn(db, NEXT_DAY))).toContain('<nom-organisme>Ateliers du Maine</nom-organisme>');
  });

  inDatabase('is empty without a formation, and leaves an ended one validee', async () => {
    const ended = aSession({
      id: sessionId(1),
      champs: { ...aSession().champs, periode: { debut: '20200101', fin: '20200201' } },
    });
    const [id = ''] = await accept(numbered(1, { actions: [anAction({ id: actionId(1), sessions: [ended] })] }));
    const n = await releaseOn(db, DAY);
    expect(await soumissionOf(id)).toMatchObject({ statut: 'validee', hors_release: 'echue' });
    expect((await manifestOf(n)).files).toEqual([]);
  });
});
