import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import request from 'supertest';
import { createToken } from '../../db/tokens.ts';
import { OPERATOR_SECRET, startTestApi, type TestApi } from '../../ops/test/api-server.ts';
import { DEMO_PEOPLE } from './demo-people.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startTestApi();
});
afterAll(() => api.stop());

const me = (token: string) => request(api.url).get('/api/v1/me').set('Authorization', `Bearer ${token}`);

async function tokenOf(email: string, days: number): Promise<{ token: string; id: string }> {
  return api.db.asWorker(async (sql) => {
    const { id } = await sql
      .selectFrom('user_account')
      .select('id')
      .where('email', '=', email)
      .executeTakeFirstOrThrow();
    const made = await createToken(sql, { userId: id, label: 'essai', days });
    return { token: made.token, id: made.row.id };
  });
}

describe('logging in with the sandbox', () => {
  it.each(DEMO_PEOPLE)('brings $email through the OpenID round trip as $role', async ({ email, role, nom }) => {
    const person = await api.login(email);
    const answer = await person.call('get', '/me');
    expect(answer.body).toMatchObject({ email, role, nom, demo: true });
  });

  it('sends each person to where they work', async () => {
    const agent = request.agent(api.url);
    const moderator = await agent.get('/login/depart?person=moderatrice@demo.sofi').redirects(10);
    expect(moderator.redirects.at(-1)).toBe(`${api.url}/console/`);
  });

  it('has one button per demo person, and goes back only to addresses of this site', async () => {
    const page = await request(api.url).get('/login?retour=https://ailleurs.example/').set('Accept-Language', 'en');
    for (const { email } of DEMO_PEOPLE) expect(page.text).toContain(`data-person="${email}"`);
    expect(page.text).toContain('<html lang="en">');
    expect(page.text).not.toContain('ailleurs');
  });

  it('gives a new login another cookie than the one before it', async () => {
    const agent = request.agent(api.url);
    const start = await agent.get('/login/depart?person=of1@demo.sofi').redirects(0);
    const planted = String(start.headers['set-cookie']);
    const back = await agent.get('/login/depart?person=of1@demo.sofi&retour=/login').redirects(10);
    expect(back.status).toBe(200);
    const [, sid] = /sofi\.login=([^;]+)/.exec(planted) ?? [];
    const stolen = await request(api.url).get('/api/v1/me').set('Cookie', `sofi.login=${sid}`);
    expect(stolen.status).toBe(401);
  });

  it('refuses an answer that nobody asked for', async () => {
    const agent = request.agent(api.url);
    await agent.get('/login/depart?person=of1@demo.sofi').redirects(0);
    const forged = await agent.get('/login/retour?code=abc&state=forged').redirects(0);
    expect(forged.status).toBe(401);
    expect((await agent.get('/api/v1/me')).status).toBe(401);
  });

  it('does not know a person who is no demo person', async () => {
    const agent = request.agent(api.url);
    await agent.get('/login/depart?person=intrus@demo.sofi').redirects(10);
    expect((await agent.get('/api/v1/me')).status).toBe(401);
  });

  it('keeps the cookie from scripts and other sites', async () => {
    const start = await request(api.url).get('/login/depart?person=of1@demo.sofi').redirects(0);
    expect(String(start.headers['set-cookie'])).toMatch(/sofi\.login=.*HttpOnly.*SameSite=Lax/i);
  });

  it('ends with the logout', async () => {
    const person = await api.login('of2@demo.sofi');
    const out = await person.agent
      .post('/logout')
      .set('X-CSRF-Token', person.csrfToken)
      .set('Accept', 'application/json');
    expect(out.body).toEqual({ location: '/login?parti=1' });
    expect((await person.call('get', '/me')).status).toBe(401);
  });
});

describe('a write with the login cookie', () => {
  it('needs the proof of origin, a read does not', async () => {
    const { agent } = await api.login('of1@demo.sofi');
    const write = await agent.post('/api/v1/tokens').send({ label: 'essai' });
    expect(write.status).toBe(403);
    expect(write.body).toMatchObject({ code: 'csrf', mend: expect.any(String) });
    expect((await agent.get('/api/v1/tokens')).status).toBe(200);
  });

  it('cannot log somebody out from elsewhere', async () => {
    const { agent } = await api.login('of1@demo.sofi');
    expect((await agent.post('/logout')).status).toBe(403);
  });
});

describe('an access token', () => {
  it('speaks for its owner until it expires', async () => {
    const { token, id } = await tokenOf('moderateur@demo.sofi', 1);
    expect((await me(token)).body).toMatchObject({ email: 'moderateur@demo.sofi', csrfToken: null });
    await api.db.asWorker((sql) =>
      sql
        .updateTable('access_token')
        .set({ expires_at: new Date(Date.now() - 1) })
        .where('id', '=', id)
        .execute(),
    );
    expect((await me(token)).body).toMatchObject({ status: 401, code: 'jeton-invalide' });
  });

  it('is shown once, kept as a hash, and revoked by its owner alone', async () => {
    const owner = await api.login('of1@demo.sofi');
    const other = await api.login('of2@demo.sofi');
    const made = await owner.call('post', '/tokens', { label: 'logiciel', days: 30 });
    expect(made.status).toBe(201);
    const { token, id } = made.body;
    const kept = await api.db.asWorker((sql) =>
      sql.selectFrom('access_token').select('hash').where('id', '=', id).executeTakeFirstOrThrow(),
    );
    expect(kept.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify((await owner.call('get', '/tokens')).body)).not.toContain(token);
    expect((await other.call('delete', `/tokens/${id}`)).status).toBe(404);
    expect((await me(token)).status).toBe(200);
    expect((await owner.call('delete', `/tokens/${id}`)).status).toBe(204);
    expect((await me(token)).status).toBe(401);
  });

  it('of an account that was closed is worth nothing', async () => {
    const { token } = await tokenOf('consommateur@demo.sofi', 1);
    const close = (actif: boolean) =>
      api.db.asWorker((sql) =>
        sql.updateTable('user_account').set({ actif }).where('email', '=', 'consommateur@demo.sofi').execute(),
      );
    await close(false);
    expect((await me(token)).status).toBe(401);
    await close(true);
  });

  it.each(['sofi_nothing', 'Basic', ''])('that is none (%p) is refused, not taken for nobody', async (token) => {
    expect((await me(token)).body).toMatchObject({ code: 'jeton-invalide' });
  });
});

describe('the operator’s secret', () => {
  it('makes an administrator of who shows it on this machine', async () => {
    expect((await me(OPERATOR_SECRET)).body).toMatchObject({ role: 'administrateur', email: 'operator' });
  });

  it('is not taken through a proxy', async () => {
    const answer = await me(OPERATOR_SECRET).set('X-Forwarded-For', '203.0.113.9');
    expect(answer.status).toBe(401);
  });
});
