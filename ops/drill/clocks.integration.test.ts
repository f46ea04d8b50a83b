import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { brokenLinks } from '../../db/moderation/journal.ts';
import { aFormation, anOrganisme } from '../../domain/model/builders.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { openClocks } from '../../domain/model/promise.ts';
import { root } from '../services/folders.ts';
import type { Person } from '../test/api-server.ts';
import { startWholeApi, type WholeApi } from '../test/whole-api.ts';
import { until } from './until.ts';

const SHIFTS = [5 * 60_000, -5 * 60_000];
const LEASE_MS = 10 * 60_000;
/** Beside the shift itself, what a busy machine takes. */
const SLACK_MS = 60_000;

/** A program that begins with it has a clock of its own. */
const SHIFTED = `--import ${pathToFileURL(join(root, 'ops/test/shifted-clock.ts')).href}`;

describe.each(SHIFTS)('a worker whose clock is %i ms away from the others', (shift) => {
  let api: WholeApi;
  let of1: Person;
  let moderator: Person;
  let colleague: Person;
  let admin: Person;
  beforeAll(async () => {
    api = await startWholeApi({ workerEnv: { NODE_OPTIONS: SHIFTED, SOFI_TEST_CLOCK_SHIFT_MS: String(shift) } });
    of1 = await api.login('of1@demo.sofi');
    moderator = await api.login('moderatrice@demo.sofi');
    colleague = await api.login('moderateur@demo.sofi');
    admin = await api.login('admin@demo.sofi');
  }, 120_000);
  afterAll(() => api?.stop(), 30_000);

  const isNear = (instant: number, wanted: number) =>
    Math.abs(instant - wanted) <= Math.abs(shift) + SLACK_MS ? 'near' : `${instant - wanted} ms away`;

  async function deposited(document: object): Promise<string> {
    const { id } = (await of1.call('post', '/brouillons', { document })).body;
    await of1.call('post', `/brouillons/${id}/depot`);
    const { body } = await until(
      () => moderator.call('get', `/soumissions/${id}`),
      ({ body }) => body.statut !== 'deposee',
    );
    expect(body.statut).toBe('controlee');
    return id;
  }

  it('loses nothing from deposit to publication, and its promises stay sane', async () => {
    const before = Date.now();
    const organisme = await deposited(anOrganisme());
    const { body } = await moderator.call('get', `/soumissions/${organisme}`);
    const sane = [0, shift].map((off) => openClocks((before + off) as InstantMs));
    for (const clock of ['traitement', 'diffusion'] as const) {
      expect(sane.map((echeances) => echeances[clock].due)).toContain(Date.parse(body.echeances[clock].due));
    }

    const claim = await moderator.call('post', `/soumissions/${organisme}/claim`);
    expect(claim.status).toBe(200);
    expect(isNear(Date.parse(claim.body.expires), Date.now() + LEASE_MS)).toBe('near');
    const held = await colleague.call('post', `/soumissions/${organisme}/decisions`, { kind: 'approve', version: 1 });
    expect([held.status, held.body.code]).toEqual([409, 'prise-par-un-collegue']);
    const decided = await moderator.call('post', `/soumissions/${organisme}/decisions`, {
      kind: 'approve',
      version: 1,
    });
    expect([decided.status, decided.body.statut]).toEqual([200, 'validee']);
    const formation = await deposited(aFormation());
    const approved = await moderator.call('post', `/soumissions/${formation}/decisions`, {
      kind: 'approve',
      version: 1,
    });
    expect(approved.body.statut).toBe('validee');

    const asked = await admin.call('post', '/releases', { kind: 'normal' });
    const { body: release } = await until(
      () => admin.call('get', `/releases/${asked.body.n}`),
      ({ body }) => body.step === 'done',
    );
    expect(release).toMatchObject({ state: 'published', counts: { formations: 1, organismes: 1 }, keptOut: [] });
    for (const id of [organisme, formation]) {
      const { body } = await of1.call('get', `/soumissions/${id}`);
      expect(body.statut).toBe('publiee');
      const instants: number[] = body.timeline.map(({ at }: { at: string }) => Date.parse(at));
      expect(instants.map((at) => isNear(at, Date.now()))).toEqual(instants.map(() => 'near'));
      expect(instants.some((at) => Math.abs(at - Date.now()) > Math.abs(shift) / 2)).toBe(true);
      expect(await api.db.asWorker((sql) => brokenLinks(sql, body.fiche.id))).toEqual([]);
    }
  }, 120_000);
});
