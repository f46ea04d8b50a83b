import * as openid from 'openid-client';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiSettings, OidcSettings } from '../settings.ts';
import { CALLBACK_PATH, sandboxClient } from './sandbox.ts';

const TIMEOUT_S = 8;

export interface RoundTrip {
  readonly state: string;
  readonly nonce: string;
  readonly verifier: string;
}

export interface Identity {
  readonly subject: string;
  readonly verifiedEmail: string | undefined;
}

/** The API as a client of the OpenID provider: code flow with PKCE, state and nonce. */
export interface OidcClient {
  readonly client: OidcSettings;
  readonly isSandbox: boolean;
  /** Where to send the browser; `hint` is a mail address. */
  readonly start: (hint: string | undefined) => Promise<{ readonly url: URL; readonly trip: RoundTrip }>;
  /** Who came back; throws `non-authentifie` when the answer does not fit the round trip. */
  readonly finish: (search: string, trip: RoundTrip) => Promise<Identity>;
  /** Where the browser ends its login at the provider too, if the provider offers it. */
  readonly endUrl: () => Promise<string | undefined>;
}

/** Where this process answers itself, whatever name people reach it by. */
function localOrigin({ host, port }: ApiSettings): string {
  const wildcard = host === '0.0.0.0' || host === '::';
  return `http://${wildcard ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** The sandbox needs no discovery: it is this process, reached by its local address. */
function sandboxConfiguration(settings: ApiSettings, client: OidcSettings): openid.Configuration {
  const { issuer, clientId, clientSecret } = client;
  const configuration = new openid.Configuration(
    {
      issuer,
      authorization_endpoint: `${issuer}/auth`,
      token_endpoint: `${issuer}/token`,
      jwks_uri: `${issuer}/jwks`,
    },
    clientId,
    { client_secret: clientSecret, id_token_signed_response_alg: 'ES256' },
    openid.ClientSecretBasic(clientSecret),
  );
  openid.allowInsecureRequests(configuration);
  configuration[openid.customFetch] = (url, options) =>
    fetch(url.replace(settings.publicUrl, localOrigin(settings)), options as RequestInit);
  return configuration;
}

function discoverProvider({ issuer, clientId, clientSecret }: OidcSettings): Promise<openid.Configuration> {
  const insecure = issuer.startsWith('http:') ? { execute: [openid.allowInsecureRequests] } : {};
  return openid.discovery(new URL(issuer), clientId, clientSecret, undefined, { timeout: TIMEOUT_S, ...insecure });
}

/** Opens the client lazily: a provider that is away at start is asked again at the next login. */
export function openOidc(settings: ApiSettings): OidcClient {
  const isSandbox = settings.oidc === undefined;
  const client = settings.oidc ?? sandboxClient(settings);
  let known: openid.Configuration | undefined;
  const configuration = async () => {
    known ??= isSandbox ? sandboxConfiguration(settings, client) : await discoverProvider(client);
    return known;
  };
  const redirectUri = `${settings.publicUrl}${CALLBACK_PATH}`;
  return {
    client,
    isSandbox,
    async start(hint) {
      const verifier = openid.randomPKCECodeVerifier();
      const trip = { state: openid.randomState(), nonce: openid.randomNonce(), verifier };
      const url = openid.buildAuthorizationUrl(await configuration(), {
        redirect_uri: redirectUri,
        scope: 'openid email profile',
        code_challenge: await openid.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
        state: trip.state,
        nonce: trip.nonce,
        ...(hint === undefined ? {} : { login_hint: hint }),
        ...(isSandbox ? { prompt: 'login' } : {}),
      });
      return { url, trip };
    },
    async finish(search, { state, nonce, verifier }) {
      const config = await configuration();
      const checks = { expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true };
      const tokens = await openid
        .authorizationCodeGrant(config, new URL(`${redirectUri}${search}`), checks)
        .catch((error: unknown) => {
          throw new SofiError('non-authentifie', `Cannot finish the login: ${String(error)}`);
        });
      const claims = tokens.claims();
      if (claims === undefined) throw new SofiError('non-authentifie');
      const { sub: subject, email } = claims;
      const verified = typeof email === 'string' && claims.email_verified === true;
      return { subject, verifiedEmail: verified ? email : undefined };
    },
    async endUrl() {
      const config = await configuration();
      if (config.serverMetadata().end_session_endpoint === undefined) return undefined;
      return openid.buildEndSessionUrl(config, { post_logout_redirect_uri: `${settings.publicUrl}/login` }).href;
    },
  };
}
