import { generateKeyPairSync, randomUUID } from 'node:crypto';
import { Router } from 'express';
import { type Adapter, type AdapterPayload, type Configuration, Provider } from 'oidc-provider';
import type { ApiSettings, OidcSettings } from '../settings.ts';
import { DEMO_PEOPLE } from './demo-people.ts';

export const SANDBOX_PATH = '/oidc';
export const CALLBACK_PATH = '/login/retour';
const LOGIN_TTL_S = 600;
const LIVES = ['AccessToken', 'AuthorizationCode', 'Grant', 'IdToken', 'Interaction', 'Session'] as const;

/** What the sandbox remembers, for the life of the process; one map per kind of thing. */
class Memory implements Adapter {
  readonly #things = new Map<string, AdapterPayload>();

  async upsert(id: string, payload: AdapterPayload, expiresInS = LOGIN_TTL_S): Promise<void> {
    this.#things.set(id, payload);
    setTimeout(() => this.#things.delete(id), expiresInS * 1_000).unref();
  }
  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.#things.get(id);
  }
  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return [...this.#things.values()].find((payload) => payload.uid === uid);
  }
  async findByUserCode(): Promise<undefined> {}
  async consume(id: string): Promise<void> {
    const payload = this.#things.get(id);
    if (payload !== undefined) payload.consumed = Math.floor(Date.now() / 1_000);
  }
  async destroy(id: string): Promise<void> {
    this.#things.delete(id);
  }
  async revokeByGrantId(grantId: string): Promise<void> {
    for (const [id, payload] of this.#things) if (payload.grantId === grantId) this.#things.delete(id);
  }
}

const personOf = (email: unknown) => DEMO_PEOPLE.find((person) => person.email === email);

function configuration(publicUrl: string, client: OidcSettings): Configuration {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return {
    adapter: Memory,
    clients: [
      {
        client_id: client.clientId,
        client_secret: client.clientSecret,
        redirect_uris: [`${publicUrl}${CALLBACK_PATH}`],
        grant_types: ['authorization_code'],
        response_types: ['code'],
        id_token_signed_response_alg: 'ES256',
      },
    ],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
    conformIdTokenClaims: false,
    cookies: { keys: [randomUUID()] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_ctx, email) => {
      const person = personOf(email);
      if (person === undefined) return undefined;
      const claims = { sub: email, email, email_verified: true, name: person.nom };
      return { accountId: email, claims: () => claims };
    },
    interactions: { url: (_ctx, interaction) => `${SANDBOX_PATH}/interaction/${interaction.uid}` },
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), alg: 'ES256', use: 'sig' }] },
    loadExistingGrant: async (ctx) => {
      const { client: asking, session, provider } = ctx.oidc;
      if (asking === undefined || session?.accountId === undefined) return undefined;
      const grant = new provider.Grant({ clientId: asking.clientId, accountId: session.accountId });
      grant.addOIDCScope('openid email profile');
      await grant.save();
      return grant;
    },
    pkce: { required: () => true },
    ttl: Object.fromEntries(LIVES.map((thing) => [thing, LOGIN_TTL_S])),
  };
}

/**
 * The demo's own OpenID provider, in this process: the person picked on the login page (`login_hint`) is logged in
 * without a form. Exists in demo mode only, which refuses production.
 */
export function sandboxProvider(settings: ApiSettings, client: OidcSettings): Router {
  const provider = new Provider(client.issuer, configuration(settings.publicUrl, client));
  return Router()
    .get('/interaction/:uid', async (req, res) => {
      // The provider finds its interaction by a cookie whose path is the whole address.
      req.url = req.originalUrl;
      const { params } = await provider.interactionDetails(req, res);
      const person = personOf(params.login_hint);
      const result =
        person === undefined
          ? { error: 'access_denied', error_description: 'no such demo person' }
          : { login: { accountId: person.email, remember: false } };
      await provider.interactionFinished(req, res, result, { mergeWithLastSubmission: false });
    })
    .use(provider.callback());
}

/** How the API is a client of its own sandbox; the secret lives as long as the process. */
export function sandboxClient(settings: ApiSettings): OidcSettings {
  return {
    issuer: `${settings.publicUrl}${SANDBOX_PATH}`,
    clientId: 'sofi',
    clientSecret: randomUUID() + randomUUID(),
  };
}
