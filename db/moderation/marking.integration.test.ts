import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { Stage } from './stage.ts';

const RNCP = 'RNCP37535';
const TABLES = ['france-competences-standard', 'france-competences-partenaires', 'organismes-publics'] as const;

describe('the CPF marking in the decision’s transaction', () => {
  let database: TestDatabase;
  let stage: Stage;
  let organisme: { id: string; of: Viewer };
  let siret: string;
  beforeAll(async () => {
    database = await createTestDatabase();
    stage = await Stage.open(database.url);
    organisme = await stage.organisme();
    const row = await stage.db.asWorker((sql) =>
      sql.selectFrom('organisme').select('siret').where('id', '=', organisme.id).executeTakeFirstOrThrow(),
    );
    siret = row.siret;
  });
  afterAll(async () => {
    await stage.close();
    await database.drop();
  });

  beforeEach(() =>
    stage.db.asWorker(async (sql) => {
      for (const table of ['certification', 'partenaire', 'organisme_public', 'referentiel'] as const) {
        await sql.deleteFrom(table).execute();
      }
      const facts = { version: '2026-11-23', state: 'complete', lignes: 1, sha256: '0'.repeat(64) };
      await sql
        .insertInto('referentiel')
        .values(TABLES.map((nom) => ({ nom, ...facts })))
        .execute();
      await sql
        .insertInto('certification')
        .values({ numero_fiche: RNCP, intitule: 'CAP ébéniste', actif: true, fin_enregistrement: '2099-12-31' })
        .execute();
      await sql
        .insertInto('partenaire')
        .values({
          numero_fiche: RNCP,
          siret,
          siren: siret.slice(0, 9),
          nom: 'ATELIERS',
          habilitation: 'HABILITATION_FORMER',
        })
        .execute();
      await sql
        .insertInto('organisme_public')
        .values({
          nda: '52440000001',
          siren: siret.slice(0, 9),
          denomination: 'ATELIERS',
          actions_de_formation: true,
          bilans_de_competences: false,
          vae: false,
          apprentissage: false,
        })
        .execute();
    }),
  );

  async function marked() {
    const document = stage.formation(organisme.id);
    await stage.approve(await stage.deposit(organisme.of, document));
    return stage.db.asWorker((sql) =>
      sql.selectFrom('cpf_marking').selectAll().where('formation_id', '=', document.id).executeTakeFirstOrThrow(),
    );
  }

  it('says yes under a code with its interval and its proof when all three tables agree', async () => {
    const marking = await marked();
    expect(marking).toMatchObject({ answer: 'oui', code: RNCP, source: 'RNCP' });
    expect(marking.debut).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(marking.proof).toMatchObject({ reasons: ['eligible'], habilitation: { siret } });
  });

  it.each(TABLES)('answers nonVerifie while %s is partial', async (nom) => {
    await stage.db.asWorker((sql) =>
      sql.updateTable('referentiel').set({ state: 'partial' }).where('nom', '=', nom).execute(),
    );
    expect(await marked()).toMatchObject({ answer: 'nonVerifie' });
  });

  it('says no for a certification that a complete table shows inactive', async () => {
    await stage.db.asWorker((sql) => sql.updateTable('certification').set({ actif: false }).execute());
    const marking = await marked();
    expect(marking).toMatchObject({ answer: 'non', proof: { reasons: ['certificationInactive'] } });
  });

  it('says no when only another organisme is habilitated', async () => {
    const other = { siret: '99999999900019', siren: '999999999' };
    await stage.db.asWorker((sql) => sql.updateTable('partenaire').set(other).execute());
    expect(await marked()).toMatchObject({ answer: 'non', proof: { reasons: ['nonHabilite'] } });
  });

  it('keeps the versions of its tables, so that a newer table is known to matter', async () => {
    const before = await marked();
    await stage.db.asWorker((sql) => sql.updateTable('referentiel').set({ version: '2026-11-24' }).execute());
    expect((await marked()).inputs).not.toBe(before.inputs);
  });
});
