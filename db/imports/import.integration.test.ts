import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { aLheoFile, aReceived } from '../../domain/lheo/fiche/sample-lheo.ts';
import {
  actionId,
  anAction,
  anOrganisme,
  aSession,
  ficheId,
  sampleSiret,
  sessionId,
} from '../../domain/model/builders.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { type EndedImport, type ImportScene, openImportScene } from '../../ops/test/import-scene.ts';
import { type Database, json, type Sql, type Viewer } from '../connect.ts';
import { mergeFiches } from '../look-alikes/merge.ts';
import type { ImportRequest } from './received-file.ts';
import { runImport } from './run-import.ts';
import { aPerson, storeFile } from './sample-file.ts';

let scene: ImportScene;
let db: Database;

beforeEach(async () => {
  scene = await openImportScene();
  ({ db } = scene);
});
afterEach(() => scene.close());

async function importing(text: string, asked?: Partial<ImportRequest>, viewer?: Viewer) {
  return counted(await scene.importing(text, asked, viewer));
}

function counted(row: EndedImport) {
  const { id, read, created, changed, unchanged, refused, lines } = row;
  const organismes = [row.organismes_created, row.organismes_changed, row.organismes_unchanged];
  return { id, counts: { read, created, changed, unchanged, refused }, organismes, lines };
}

const openOrLast = (sql: Sql, fiche: string) =>
  sql
    .selectFrom('soumission')
    .select('id')
    .where('fiche_id', '=', fiche)
    .orderBy('id', 'desc')
    .executeTakeFirstOrThrow();

const count = (table: 'soumission' | 'fiche' | 'fiche_version' | 'outbox' | 'source_recu' | 'session') =>
  db.asWorker(async (sql) => {
    const row = await sql
      .selectFrom(table)
      .select((e) => e.fn.countAll<string>().as('n'))
      .executeTakeFirstOrThrow();
    return Number(row.n);
  });

const titled = (one: FormationDocument, titre: string): FormationDocument => ({
  ...one,
  champs: { ...one.champs, 'intitule-formation': titre },
});

describe('a flow of another system', () => {
  it('makes one soumission of each organisme and formation, in the queue', async () => {
    const report = await importing(aLheoFile([aReceived(1), aReceived(2)]));
    expect(report.counts).toEqual({ read: 2, created: 2, changed: 0, unchanged: 0, refused: 0 });
    expect(report.organismes).toEqual([1, 0, 0]);
    const rows = await db.asWorker((sql) =>
      sql.selectFrom('soumission').select(['kind', 'statut', 'source', 'source_name', 'conduite']).execute(),
    );
    expect(rows).toHaveLength(3);
    expect(new Set(rows.map((row) => JSON.stringify(row)))).toEqual(
      new Set([
        JSON.stringify({
          kind: 'creation',
          statut: 'deposee',
          source: 'flux',
          source_name: 'intercarif',
          conduite: 'workflow',
        }),
      ]),
    );
  });

  it('creates nothing when it comes again', async () => {
    const file = aLheoFile([aReceived(1), aReceived(2)]);
    await importing(file);
    const before = [await count('soumission'), await count('fiche'), await count('outbox')];
    const report = await importing(file);
    expect(report.counts).toEqual({ read: 2, created: 0, changed: 0, unchanged: 2, refused: 0 });
    expect(report.organismes).toEqual([0, 0, 1]);
    expect([await count('soumission'), await count('fiche'), (await count('outbox')) - 1]).toEqual(before);
  });

  it('brings a change on a fiche that waits as its next revision', async () => {
    await importing(aLheoFile([aReceived(1), aReceived(2)]));
    const report = await importing(aLheoFile([aReceived(1), titled(aReceived(2), 'CAP menuisier')]));
    expect(report.counts).toEqual({ read: 2, created: 0, changed: 1, unchanged: 1, refused: 0 });
    const tasks = await db.asWorker((sql) =>
      sql.selectFrom('outbox').select('kind').where('kind', '=', 'revise').execute(),
    );
    expect(tasks).toHaveLength(1);
  });

  it('refuses what cannot be kept, with its line and the reason, and takes the rest', async () => {
    const file = aLheoFile([
      aReceived(1),
      titled(aReceived(2), ''),
      { ...aReceived(3), numero: '07 3' },
      aReceived(1),
      aReceived(4),
    ]);
    const report = await importing(file);
    expect(report.counts).toEqual({ read: 5, created: 2, changed: 0, unchanged: 0, refused: 3 });
    const lines = file.split('\n');
    const refused = report.lines.filter(({ kind }) => kind === 'refus');
    expect(refused.map(({ numero, code }) => [numero, code])).toEqual([
      ['07 3', 'numero-invalide'],
      ['07_1', 'numero-en-double'],
      ['07_2', 'intitule-present'],
    ]);
    for (const { line } of refused) expect(lines[line - 1]).toMatch(/<formation|intitule/);
    expect(refused[1]?.values).toEqual({ premiere: lines.findIndex((text) => text.includes('numero="07_1"')) + 1 });
  });

  it('keeps a session whose numero is given twice, under another numero, with a remark', async () => {
    const twice = aReceived(2, {
      actions: [
        anAction({ id: actionId(2), numero: '07_A2', sessions: [aSession({ id: sessionId(2), numero: '07_S1' })] }),
      ],
    });
    const report = await importing(aLheoFile([aReceived(1), twice]));
    expect(report.counts.created).toBe(2);
    expect(report.lines).toContainEqual(
      expect.objectContaining({
        code: 'numero-remplace',
        values: { niveau: 'session', numero: '07_S1', cause: 'numero-en-double' },
      }),
    );
  });

  it('counts the first description of an organisme and remarks on another', async () => {
    const one = aLheoFile([aReceived(1)]);
    const champs = { ...anOrganisme().champs, 'nom-organisme': 'Autre nom' };
    const two = aLheoFile([aReceived(2)], anOrganisme({ champs }));
    const inner = (text: string) => text.slice(text.indexOf('<formation'), text.lastIndexOf('</offres>'));
    const report = await importing(one.replace('</offres>', `${inner(two)}</offres>`));
    expect(report.organismes).toEqual([1, 0, 0]);
    expect(report.lines.map(({ code }) => code)).toContain('organisme-different');
  });
});

describe('a trusted source', () => {
  it('is decided by the import itself, journaled, without a workflow', async () => {
    const report = await importing(aLheoFile([aReceived(1), aReceived(2)]), { source: 'onisep' });
    expect(report.counts.created).toBe(2);
    const rows = await db.asWorker((sql) =>
      sql.selectFrom('soumission').select(['statut', 'conduite', 'accepted_n']).execute(),
    );
    expect(rows).toEqual(Array.from({ length: 3 }, () => ({ statut: 'validee', conduite: 'lot', accepted_n: 1 })));
    expect(await count('session')).toBe(2);
    const acts = await db.asWorker((sql) =>
      sql.selectFrom('journal').select(['act', 'to_statut']).orderBy('fiche_id').orderBy('n').limit(3).execute(),
    );
    expect(acts).toEqual([
      { act: 'deposer', to_statut: 'deposee' },
      { act: 'controler', to_statut: 'controlee' },
      { act: 'approveByRule', to_statut: 'validee' },
    ]);
  });

  it('changes an accepted formation in place: same ids, next version', async () => {
    await importing(aLheoFile([aReceived(1)]), { source: 'onisep' });
    const report = await importing(aLheoFile([titled(aReceived(1), 'CAP menuisier')]), { source: 'onisep' });
    expect(report.counts.changed).toBe(1);
    const [formation, ...others] = await db.asWorker((sql) => sql.selectFrom('formation').selectAll().execute());
    expect(others).toEqual([]);
    expect(formation).toMatchObject({ intitule: 'CAP menuisier', numero: '07_1', version_n: 2 });
    expect(await count('session')).toBe(1);
  });

  it('does not take a numero that another source has', async () => {
    await importing(aLheoFile([aReceived(1)]), { source: 'onisep' });
    const report = await importing(aLheoFile([aReceived(1)]));
    expect(report.counts.refused).toBe(1);
    expect(report.lines.map(({ code }) => code)).toContain('numero-deja-pris');
  });

  it('gives another numero to an action that another source has, and still knows it by its own', async () => {
    await importing(aLheoFile([aReceived(1)]), { source: 'onisep' });
    const theirs = { ...aReceived(1), numero: '99_1' };
    const report = await importing(aLheoFile([theirs]), { source: 'reprise' });
    expect(report.lines.filter(({ code }) => code === 'numero-remplace')).toHaveLength(2);
    const numeros = () =>
      db.asWorker((sql) =>
        sql.selectFrom('action').select(['id', 'numero', 'numero_recu']).orderBy('numero').execute(),
      );
    const before = await numeros();
    expect(before.map(({ numero, numero_recu }) => [numero, numero_recu])).toEqual([
      ['07_A1', null],
      [expect.stringMatching(/^21_\d+$/), '07_A1'],
    ]);
    await importing(aLheoFile([titled(theirs, 'CAP menuisier')]), { source: 'reprise' });
    expect(await numeros()).toEqual(before);
  });

  it('leaves nothing but its report when it is tried only', async () => {
    const file = aLheoFile(Array.from({ length: 60 }, (_, k) => aReceived(k + 1)));
    const report = await importing(file, { source: 'onisep', dryRun: true });
    expect(report.counts).toMatchObject({ read: 60, created: 60 });
    expect(report.organismes).toEqual([1, 0, 0]);
    expect([
      await count('soumission'),
      await count('fiche'),
      await count('source_recu'),
      await count('fiche_version'),
    ]).toEqual([0, 0, 0, 0]);
  });
});

describe('a page with one fiche that cannot be accepted', () => {
  it('hands that one to people and accepts the others', async () => {
    await importing(aLheoFile([aReceived(1)]), { source: 'onisep' });
    const other = anOrganisme({
      id: ficheId(60),
      champs: {
        ...anOrganisme().champs,
        'numero-activite': '52440000009',
        'SIRET-organisme-formation': { SIRET: sampleSiret(9) },
      },
    });
    await importing(aLheoFile([aReceived(2)], other), { source: 'onisep' });
    await db.asWorker((sql) =>
      sql.updateTable('organisme').set({ retire_le: new Date() }).where('nda', '=', '52440000009').execute(),
    );
    const inner = (text: string) => text.slice(text.indexOf('<formation'), text.lastIndexOf('</offres>'));
    const again = aLheoFile([titled(aReceived(2), 'CAP menuisier')], other);
    const page = aLheoFile([titled(aReceived(1), 'CAP charpentier'), aReceived(3)]);
    const report = await importing(page.replace('</offres>', `${inner(again)}</offres>`), { source: 'onisep' });
    expect(report.counts).toMatchObject({ created: 1, changed: 2, refused: 0 });
    const rows = await db.asWorker((sql) =>
      sql
        .selectFrom('soumission')
        .select(['titre', 'statut', 'conduite', 'accepted_n', 'seq'])
        .where('import_id', '=', report.id)
        .orderBy('titre')
        .execute(),
    );
    expect(rows).toEqual([
      { titre: 'CAP charpentier', statut: 'validee', conduite: 'lot', accepted_n: 2, seq: 2 },
      { titre: 'CAP menuisier', statut: 'deposee', conduite: 'workflow', accepted_n: null, seq: 1 },
      { titre: 'CAP ébéniste', statut: 'validee', conduite: 'lot', accepted_n: 1, seq: 2 },
    ]);
    const tasks = await db.asWorker((sql) =>
      sql.selectFrom('outbox').select('kind').where('kind', '=', 'start').execute(),
    );
    expect(tasks).toHaveLength(1);
    const menuisiers = await db.asWorker((sql) =>
      sql.selectFrom('formation').select('id').where('intitule', '=', 'CAP menuisier').execute(),
    );
    expect(menuisiers).toEqual([]);
  });
});

describe('what was made one with another formation', () => {
  const later = (document: FormationDocument, debut: string): FormationDocument => ({
    ...document,
    actions: document.actions.map((action) => ({
      ...action,
      sessions: action.sessions.map((one) => ({ ...one, champs: { ...one.champs, periode: { debut, fin: debut } } })),
    })),
  });
  const formations = () =>
    db.asWorker((sql) => sql.selectFrom('formation').select(['id', 'numero', 'retire_le']).orderBy('numero').execute());

  it('goes to the one that stays when it is sent again changed; nothing comes back, nothing is lost', async () => {
    const [kept, left] = [aReceived(1), later(aReceived(2), '20280303')];
    const onisep = { source: 'onisep', mode: 'complet' } as const;
    await importing(aLheoFile([kept, left]), onisep);
    const [into, from] = await formations();
    const by = { userId: scene.sender.userId, role: scene.sender.role } as Actor;
    const { region, now } = scene.options;
    const soumissionId = (await db.asWorker((sql) => openOrLast(sql, from?.id ?? ''))).id;
    const merge = { soumissionId, into: into?.id ?? '', from: from?.id ?? '', proposed: null, by, at: now() };
    await db.asWorker((sql) => mergeFiches(sql, { ...merge, region }));
    expect((await importing(aLheoFile([kept, left]), onisep)).counts).toMatchObject({ unchanged: 2, changed: 0 });
    const changed = [titled(kept, 'CAP menuisier'), later(left, '20290505')];
    const report = await importing(aLheoFile(changed), onisep);
    expect(report.counts).toMatchObject({ changed: 2, created: 0, refused: 0 });
    expect(report.lines).toContainEqual(expect.objectContaining({ code: 'formation-reunie', values: { n: '07_1' } }));
    const after = await formations();
    expect(after.map(({ numero, retire_le }) => [numero, retire_le === null])).toEqual([
      ['07_1', true],
      ['07_2', false],
    ]);
    const sessions = await db.asWorker((sql) =>
      sql.selectFrom('session').select(['numero', 'debut', 'formation_id']).where('retire_le', 'is', null).execute(),
    );
    expect(sessions.every(({ formation_id }) => formation_id === into?.id)).toBe(true);
    expect(sessions.map(({ debut }) => debut)).toContain('20290505');
    const { intitule } = await db.asWorker((sql) =>
      sql.selectFrom('formation').select('intitule').where('numero', '=', '07_1').executeTakeFirstOrThrow(),
    );
    expect(intitule).toBe('CAP menuisier');
    expect((await importing(aLheoFile(changed), onisep)).counts).toMatchObject({ unchanged: 2 });
  });
});

describe('what a source sends again', () => {
  it('is not queued again when it was refused in this form', async () => {
    const file = aLheoFile([aReceived(1)]);
    await importing(file);
    await db.asWorker((sql) =>
      sql.updateTable('soumission').set({ statut: 'refusee' }).where('titre', '!=', '').execute(),
    );
    const report = await importing(file);
    expect(report.counts).toMatchObject({ created: 0, unchanged: 1 });
    expect(report.lines.map(({ code }) => code)).toEqual(['deja-refusee']);
  });

  it('keeps a field mended here that the source did not change', async () => {
    await importing(aLheoFile([aReceived(1)]), { source: 'onisep' });
    await mendAccepted('objectif-formation', 'Objectif récrit ici');
    await importing(aLheoFile([titled(aReceived(1), 'CAP menuisier')]), { source: 'onisep' });
    await importing(aLheoFile([titled(aReceived(1), 'CAP ébéniste d’art')]), { source: 'onisep' });
    const { document } = await lastVersion();
    expect(document).toMatchObject({
      champs: { 'intitule-formation': 'CAP ébéniste d’art', 'objectif-formation': 'Objectif récrit ici' },
    });
  });

  it('changes a field mended here once the source changes it', async () => {
    await importing(aLheoFile([aReceived(1)]), { source: 'onisep' });
    await mendAccepted('intitule-formation', 'Titre récrit ici');
    await importing(aLheoFile([titled(aReceived(1), 'CAP menuisier')]), { source: 'onisep' });
    expect((await lastVersion()).document).toMatchObject({ champs: { 'intitule-formation': 'CAP menuisier' } });
  });

  /** What a moderator's mend leaves: one more accepted version of the only formation. */
  async function mendAccepted(champ: string, texte: string): Promise<void> {
    const { document, ...version } = await lastVersion();
    if (document.kind !== 'formation') throw new Error('Cannot mend an organisme here');
    const mended = { ...document, champs: { ...document.champs, [champ]: texte } };
    await db.asWorker(async (sql) => {
      await sql
        .insertInto('fiche_version')
        .values({ ...version, n: version.n + 1, document: json(mended) })
        .execute();
      await sql
        .updateTable('fiche')
        .set({ version_n: version.n + 1 })
        .where('id', '=', version.fiche_id)
        .execute();
    });
  }

  const lastVersion = () =>
    db.asWorker((sql) =>
      sql
        .selectFrom('fiche_version as v')
        .innerJoin('formation as f', 'f.id', 'v.fiche_id')
        .selectAll('v')
        .orderBy('v.n', 'desc')
        .executeTakeFirstOrThrow(),
    );
});

describe('a run that is killed', () => {
  it('goes on from its last page and does none twice', async () => {
    const id = await storeFile(db, scene.sender, aLheoFile(Array.from({ length: 120 }, (_, k) => aReceived(k + 1))));
    const killed = runImport(db, id, {
      ...scene.options,
      onPage: (cursor) => {
        if (cursor === 50) throw new Error('killed');
      },
    });
    await expect(killed).rejects.toThrow('killed');
    expect(await count('soumission')).toBe(51);
    await runImport(db, id, scene.options);
    const report = counted(await scene.ended(id));
    expect(report.counts).toEqual({ read: 120, created: 120, changed: 0, unchanged: 0, refused: 0 });
    expect(report.organismes).toEqual([1, 0, 0]);
    expect(await count('soumission')).toBe(121);
  });

  it('leaves a page that was in the middle to the next run', async () => {
    const id = await storeFile(db, scene.sender, aLheoFile(Array.from({ length: 60 }, (_, k) => aReceived(k + 1))));
    let calls = 0;
    const now = () => {
      calls += 1;
      if (calls === 2) throw new Error('killed');
      return scene.options.now();
    };
    await expect(runImport(db, id, { ...scene.options, now })).rejects.toThrow('killed');
    await runImport(db, id, scene.options);
    expect(await scene.ended(id)).toMatchObject({ read: 60, created: 60 });
  });
});

describe("an OF's own file", () => {
  const own = anOrganisme();
  const stranger = anOrganisme({
    id: ficheId(50),
    champs: { ...own.champs, 'numero-activite': '52440000002', 'SIRET-organisme-formation': { SIRET: sampleSiret(2) } },
  });

  async function acceptedOrganisme(): Promise<string> {
    await importing(aLheoFile([aReceived(1)], own), { source: 'onisep' });
    const { id } = await db.asWorker((sql) => sql.selectFrom('organisme').select('id').executeTakeFirstOrThrow());
    return id;
  }

  it('is taken for its own organismes only; its numeros are its references', async () => {
    const of = await aPerson(db, 'of', [await acceptedOrganisme()]);
    const mine = aLheoFile([{ ...aReceived(7), numero: 'REF-7' }], own);
    const report = await importing(mine, { source: 'fichier' }, of);
    expect(report.counts).toMatchObject({ created: 1, refused: 0 });
    const row = await db.asWorker((sql) =>
      sql.selectFrom('soumission').select('document').where('source', '=', 'fichier').executeTakeFirstOrThrow(),
    );
    expect(row.document).toMatchObject({ referenceOf: 'REF-7', organisme: of.organismes[0] });
    expect(row.document).not.toHaveProperty('numero');
    expect((await importing(mine, { source: 'fichier' }, of)).counts).toMatchObject({ created: 0, unchanged: 1 });
    const foreign = await importing(aLheoFile([aReceived(8)], stranger), { source: 'fichier' }, of);
    expect(foreign.counts).toMatchObject({ created: 0, refused: 1 });
    expect(foreign.lines.map(({ code }) => code)).toContain('organisme-etranger');
  });
});
