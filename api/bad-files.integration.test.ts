import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { errorEntry } from '../domain/model/errors.ts';
import { checkFiles } from '../ops/sofi/lheo-check.ts';
import { type Person, startTestApi, type TestApi } from '../ops/test/api-server.ts';
import { BAD_FILES } from '../ops/test/bad-input/bad-files.ts';

const QUICK_BYTES = 10_000_000;
/** In time of this process, which holds client and server: other programs of a busy machine are not counted. */
const QUICK_MS = 2_500;

function stopwatch(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}

let api: TestApi;
let moderator: Person;
let folder: string;
beforeAll(async () => {
  api = await startTestApi();
  moderator = await api.login('moderatrice@demo.sofi');
  folder = await mkdtemp(join(tmpdir(), 'sofi-bad-files-'));
});
afterAll(async () => {
  await api.stop();
  await rm(folder, { recursive: true, force: true });
});

const left = () =>
  api.db.asWorker(async (sql) => ({
    imports: await sql.selectFrom('import').select('id').execute(),
    octets: await sql.selectFrom('import_octets').select('rang').execute(),
    tasks: await sql.selectFrom('outbox').select('id').execute(),
  }));

describe('a file that nobody sends by accident', () => {
  it.each(BAD_FILES)('$what is refused by POST /imports, which goes on', async ({ bytes, code }) => {
    const before = await left();
    const spent = stopwatch();
    const answer = await moderator.agent
      .post('/api/v1/imports')
      .set({ 'X-CSRF-Token': moderator.csrfToken, 'Content-Type': 'application/octet-stream' })
      .send(bytes);
    const took = spent();
    expect([answer.status, answer.body.code]).toEqual([errorEntry(code).status, code]);
    expect(answer.headers['content-type']).toContain('application/problem+json');
    expect(answer.body.mend).toEqual(expect.stringMatching(/.{10}/));
    if (bytes.length <= QUICK_BYTES) expect(took).toBeLessThan(QUICK_MS);
    expect(await left()).toEqual(before);
    expect(existsSync('/tmp/sofi-slip.xml')).toBe(false);
    const next = stopwatch();
    expect((await fetch(`${api.url}/api/v1/promesse`)).status).toBe(200);
    expect(next()).toBeLessThan(QUICK_MS);
  });

  it.each(BAD_FILES)('$what is refused by sofi lheo check', async ({ bytes, what }) => {
    const file = join(folder, `${what.replaceAll(/\W/g, '-')}.bin`);
    await writeFile(file, bytes);
    const said: string[] = [];
    const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    try {
      expect(await checkFiles([file], { rules: false, json: true })).toBe(1);
    } finally {
      out.mockRestore();
    }
    const report = JSON.parse(said.join(''));
    expect(report.valid).toBe(false);
    expect(report.faults.length).toBeGreaterThan(0);
    expect(report.faults.length).toBeLessThanOrEqual(1_000);
    expect(said.join('')).not.toContain('root:');
  });
});
