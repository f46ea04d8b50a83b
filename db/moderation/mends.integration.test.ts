import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { getAtPath, setAtPath } from '../../domain/model/paths.ts';
import { createTestDatabase, type TestDatabase } from '../../ops/test/database.ts';
import type { Viewer } from '../connect.ts';
import { depositReceived, keepWords } from './index.ts';
import { revisionDocument } from './revisions.ts';
import { actorOf, REGION, Stage } from './stage.ts';

const TITRE = '/champs/intitule-formation';
const OBJECTIF = '/champs/objectif-formation';

describe('a flow that sends a mended fiche again', () => {
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

  async function receive(document: FormationDocument, lastReceived?: FormationDocument) {
    const on = {
      source: 'flux',
      sourceName: 'intercarif',
      importId: null,
      by: actorOf(moderatrice),
      at: stage.at,
      dueHour: REGION.dueHour,
      conduite: 'workflow',
    } as const;
    const received = [{ document, ...(lastReceived === undefined ? {} : { lastReceived }) }];
    const [answer] = await stage.db.asWorker((sql) => depositReceived(sql, on, received));
    if (answer === undefined) throw new Error('nothing was received');
    return answer;
  }

  async function mend(id: string, path: string, value: string): Promise<void> {
    const words = { mends: [{ path, value, reason: 'intitulé officiel' }] };
    const kept = await stage.db.asWorker((sql) => keepWords(sql, { soumissionId: id, words }));
    const version = (await stage.state(id))?.version ?? 0;
    await stage.apply(id, { kind: 'mend', by: actorOf(moderatrice), version, words: kept });
    await stage.check(id);
  }

  /** The next revision of an open soumission, as its workflow takes it. */
  async function revise(id: string, document: FormationDocument, last: FormationDocument) {
    const answer = await receive(document, last);
    expect(answer).toMatchObject({ outcome: 'revised', soumissionId: id });
    const draft = await stage.db.asWorker((sql) =>
      sql
        .selectFrom('soumission')
        .select('id')
        .where('fiche_id', '=', document.id)
        .where('statut', '=', 'brouillon')
        .executeTakeFirstOrThrow(),
    );
    const state = await stage.apply(id, { kind: 'revise', by: actorOf(moderatrice), brouillonId: draft.id });
    return stage.db.asWorker((sql) => revisionDocument(sql, id, state.version));
  }

  it('keeps the mend of the open soumission where the source changed nothing, not where it did', async () => {
    const sent = stage.formation(organisme.id);
    const { soumissionId: id } = await receive(sent);
    await stage.check(id);
    await mend(id, TITRE, 'CAP ébéniste d’art');
    const again = setAtPath(sent, OBJECTIF, 'Restaurer des meubles.');
    const kept = await revise(id, again, sent);
    expect([getAtPath(kept, TITRE), getAtPath(kept, OBJECTIF)]).toEqual([
      'CAP ébéniste d’art',
      'Restaurer des meubles.',
    ]);
    await stage.check(id);
    const other = setAtPath(again, TITRE, 'CAP menuisier');
    expect(getAtPath(await revise(id, other, again), TITRE)).toBe('CAP menuisier');
  });

  it('keeps an accepted mend in the next soumission', async () => {
    const sent = stage.formation(organisme.id);
    const { soumissionId: id } = await receive(sent);
    await stage.check(id);
    await mend(id, TITRE, 'CAP ébéniste d’art');
    await stage.approve(id);
    const { outcome, document } = await receive(setAtPath(sent, OBJECTIF, 'Restaurer des meubles.'), sent);
    expect(outcome).toBe('changed');
    expect([getAtPath(document, TITRE), getAtPath(document, OBJECTIF)]).toEqual([
      'CAP ébéniste d’art',
      'Restaurer des meubles.',
    ]);
  });
});
