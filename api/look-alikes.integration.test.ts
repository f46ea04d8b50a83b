import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../db/connect.ts';
import { Stage } from '../db/moderation/stage.ts';
import type { FormationDocument } from '../domain/model/documents.ts';
import type { Person } from '../ops/test/api-server.ts';
import { startWholeApi, type WholeApi } from '../ops/test/whole-api.ts';

let api: WholeApi;
let stage: Stage;
let of1: Person;
let moderatrice: Person;
let organisme: { id: string; of: Viewer };

beforeAll(async () => {
  api = await startWholeApi();
  stage = await Stage.open(api.databaseUrl);
  [of1, moderatrice] = await Promise.all([api.login('of1@demo.sofi'), api.login('moderatrice@demo.sofi')]);
  organisme = await stage.organisme();
  const { id } = (await of1.call('get', '/me')).body;
  await stage.db.asWorker((sql) =>
    sql.insertInto('user_organisme').values({ user_id: id, organisme_id: organisme.id }).execute(),
  );
}, 90_000);
afterAll(async () => {
  await stage.close();
  await api.stop();
});

function titled(intitule: string): FormationDocument {
  const document = stage.formation(organisme.id);
  return { ...document, champs: { ...document.champs, 'intitule-formation': intitule } };
}

async function deposed(document: FormationDocument): Promise<string> {
  const draft = await of1.call('post', '/brouillons', { document });
  let { body } = await of1.call('post', `/brouillons/${draft.body.id}/depot`);
  while (body.statut === 'deposee') body = (await of1.call('get', `/soumissions/${draft.body.id}`)).body;
  expect(body.statut).toBe('controlee');
  return body.id;
}

/** A formation of the offer, and one more that was entered again by mistake, with a session of its own. */
async function twice(intitule: string) {
  const kept = titled(intitule);
  await stage.approve(await stage.deposit(organisme.of, kept));
  const again = titled(intitule);
  const actions = again.actions.map((action) => ({
    ...action,
    sessions: action.sessions.map((session) => ({
      ...session,
      champs: { ...session.champs, periode: { debut: '20290105', fin: '20290206' } },
    })),
  }));
  const document = { ...again, actions };
  return { kept, document, id: await deposed(document) };
}

describe('look-alikes over HTTP', () => {
  it('are shown to who decides, not to the OF', async () => {
    const { kept, id } = await twice('Taille de vigne en Layon');
    const { status, body } = await moderatrice.call('get', `/soumissions/${id}/look-alikes`);
    expect([status, body.length]).toEqual([200, 1]);
    expect(body[0]).toMatchObject({ fiche: kept.id, document: { id: kept.id }, verdict: null });
    expect((await of1.call('get', `/soumissions/${id}/look-alikes`)).status).toBe(403);
    expect((await moderatrice.call('get', `/soumissions/${randomUUID()}/look-alikes`)).status).toBe(404);
  });

  it('are made one: the soumission is refused by its own workflow, its session is in the offer under the other numero', async () => {
    const { kept, document, id } = await twice('Soufflage de verre à la canne');
    const path = `/soumissions/${id}/look-alikes/${kept.id}`;
    const stale = await moderatrice.call('post', path, { verdict: 'merge', version: 7 });
    expect([stale.status, stale.body.code]).toEqual([412, 'version-perimee']);
    const { status, body } = await moderatrice.call('post', path, { verdict: 'merge', version: 1 });
    expect([status, body[0]?.verdict]).toEqual([200, 'merge']);
    const refused = await of1.call('get', `/soumissions/${id}`);
    expect(refused.body).toMatchObject({
      statut: 'refusee',
      decision: { motif: expect.stringMatching(/Doublon.*21_\d+/) },
    });
    const tree = await of1.call('get', `/formations/${kept.id}`);
    expect(tree.body).toMatchObject({ version: 2, sessions: 2 });
    const session = document.actions[0]?.sessions[0]?.id;
    expect(JSON.stringify(tree.body.document)).toContain(session);
    const again = await moderatrice.call('post', path, { verdict: 'merge', version: 1 });
    expect(again.status).toBe(200);
    expect((await of1.call('get', `/formations/${kept.id}`)).body.version).toBe(2);
  });

  it('are both kept when it is said so, and the timeline of the OF does not tell', async () => {
    const { kept, id } = await twice('Broderie au crochet de Lunéville');
    const said = await moderatrice.call('post', `/soumissions/${id}/look-alikes/${kept.id}`, { verdict: 'keepBoth' });
    expect(said.body[0]).toMatchObject({ fiche: kept.id, verdict: 'keepBoth' });
    const acts = async (who: Person) =>
      (await who.call('get', `/soumissions/${id}`)).body.timeline.map(({ act }: { act: string }) => act);
    expect(await acts(moderatrice)).toContain('lookAlike');
    expect(await acts(of1)).not.toContain('lookAlike');
  });
});
