import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { pauseRelease } from '../db/publication/acts.ts';
import { openRelease } from '../db/publication/releases.ts';
import { acceptSample } from '../db/publication/sample-offre.ts';
import { anOrganisme } from '../domain/model/builders.ts';
import type { FormationDocument } from '../domain/model/documents.ts';
import { parisDayOf } from '../domain/model/paris-time.ts';
import type { Person } from '../ops/test/api-server.ts';
import { startWholeApi, type WholeApi } from '../ops/test/whole-api.ts';
import { sampleFormation } from '../workers/activities/sample-set.ts';

const day = parisDayOf(Date.now());
const SOMEBODY = '00000000-0000-4000-8000-0000000000aa';
const reason = { reason: 'On regarde.' };
let api: WholeApi;
let admin: Person;
let moderatrice: Person;

beforeAll(async () => {
  api = await startWholeApi();
  admin = await api.login('admin@demo.sofi');
  moderatrice = await api.login('moderatrice@demo.sofi');
  await api.db.asWorker((tx) => acceptSample(tx, anOrganisme(), { day }));
  for (const k of [1, 2]) await accept(sampleFormation(k, { sessions: 60 }));
}, 120_000);
afterAll(() => api.stop());

const accept = (document: FormationDocument) => api.db.asWorker((tx) => acceptSample(tx, document, { day }));
const feed = async () => (await fetch(`${api.url}/flux/lheo-2.3.xml`)).text();

/** What a release has become, once it is over and, when it was published, served. */
async function ended(n: number): Promise<Record<string, unknown>> {
  for (;;) {
    const { body } = await admin.call('get', `/releases/${n}`);
    if (body.state === 'published' && body.step === 'done') {
      const manifest = await (await fetch(`${api.url}/flux/manifest.json`)).json();
      if (manifest.release >= n) return body;
    } else if (body.state !== 'open' && body.state !== 'published') return body;
    await sleep(100);
  }
}

const publish = async () => ended((await admin.call('post', '/releases', { kind: 'normal' })).body.n);

describe('an administrator over HTTP', () => {
  it('lets a release pass that the circuit breaker stopped', async () => {
    await publish();
    for (const k of [1, 2]) await accept(sampleFormation(k, { sessions: 2 }));
    const kept = await publish();
    expect(kept).toMatchObject({ state: 'published', organismes: [{ gone: 116, of: 120 }] });
    expect((await feed()).match(/<session /g)).toHaveLength(120);
    const refused = await moderatrice.call('post', `/releases/${String(kept.n)}/force`, reason);
    expect(refused.status).toBe(403);
    const forced = await admin.call('post', `/releases/${String(kept.n)}/force`, reason);
    expect([forced.status, forced.body.n]).toEqual([202, Number(kept.n) + 1]);
    expect(await ended(forced.body.n)).toMatchObject({ state: 'published', forced: { reason: 'On regarde.' } });
    expect((await feed()).match(/<session /g)).toHaveLength(4);
  });

  it('pauses a release; an emergency goes out all the same, and the paused one goes on when it may', async () => {
    await accept(sampleFormation(3));
    // Opened and paused at once: nobody drives it yet, so that no step is under way.
    const n = await api.db.asWorker(async (tx) => {
      const opened = await openRelease(tx, {
        kind: 'normal',
        scheduled: false,
        day,
        requestedBy: null,
        at: Date.now(),
      });
      await pauseRelease(tx, opened.n, { by: SOMEBODY, at: new Date().toISOString(), reason: 'Avant tout' });
      return opened.n;
    });
    const again = await admin.call('post', `/releases/${n}/pause`, reason);
    expect([again.status, again.body.paused.reason]).toEqual([200, 'On regarde.']);
    expect((await admin.call('post', `/releases/${n}/pause`, {})).status).toBe(400);
    const urgent = { motif: 'Fraude avérée', urgence: true };
    const of = await api.login('of2@demo.sofi');
    expect((await of.call('post', `/formations/${sampleFormation(1).id}/retrait`, urgent)).status).toBe(403);
    const withdrawn = await moderatrice.call('post', `/formations/${sampleFormation(1).id}/retrait`, urgent);
    expect([withdrawn.status, withdrawn.body.statut]).toEqual([202, 'validee']);
    while ((await feed()).includes('<formation numero="21_1"')) await sleep(100);
    expect(await feed()).not.toContain('<formation numero="21_3"');
    expect(await ended(n)).toMatchObject({ state: 'stopped', reason: 'urgence' });
    const health = await moderatrice.call('get', '/releases/health');
    expect(health.body.current).toBeGreaterThan(n);
    const resumed = await admin.call('post', `/releases/${n}/resume`, {});
    expect(resumed.status).toBe(200);
    expect(await ended(resumed.body.n)).toMatchObject({ state: 'published' });
    expect(await feed()).toContain('<formation numero="21_3"');
    const late = await admin.call('post', `/releases/${n}/resume`, {});
    expect([late.status, late.body.code]).toEqual([409, 'release-close']);
  });
});
