import express, { type Express, Router } from 'express';
import helmet from 'helmet';
import type { Pool } from 'pg';
import type { ApiDeps } from './deps.ts';
import { healthRouter } from './health.router.ts';
import { homeRouter } from './home.router.ts';
import { csrfProtection, loginCookie } from './login/cookie.ts';
import { loginRouter } from './login/login.router.ts';
import { openOidc } from './login/oidc.ts';
import { SANDBOX_PATH, sandboxProvider } from './login/sandbox.ts';
import { recogniseViewer } from './login/viewer.ts';
import { errorBorder, notFound } from './problems.ts';
import { identifyRequest, jsonBody, logRequests } from './request.ts';
import { screensRouter } from './screens.ts';

const API = '/api/v1';

/** What a page may load: its own files; the component library writes its styles in the page. */
const security = helmet({
  contentSecurityPolicy: {
    directives: {
      defaultSrc: ["'self'"],
      scriptSrc: ["'self'"],
      styleSrc: ["'self'", "'unsafe-inline'"],
      imgSrc: ["'self'", 'data:', 'blob:'],
      connectSrc: ["'self'"],
      objectSrc: ["'none'"],
      frameAncestors: ["'none'"],
      formAction: null,
      upgradeInsecureRequests: null,
    },
  },
  strictTransportSecurity: false,
});

/** Everything the API's port serves, from one composition; tests call it with a database and a Temporal of their own. */
export function createApp(deps: ApiDeps & { readonly loginPool: Pool }): Express {
  const { settings } = deps;
  const oidc = openOidc(settings);
  const people = Router().use(loginCookie(settings, deps.loginPool), recogniseViewer(deps));
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', 'loopback');
  app.set('query parser', 'simple');
  app.use(security, identifyRequest, logRequests(deps.log));
  app.use(healthRouter(deps));
  if (oidc.isSandbox) app.use(SANDBOX_PATH, sandboxProvider(settings, oidc.client));
  app.use(['/login', '/logout', API], people);
  app.use(loginRouter(deps, oidc));
  app.use(API, csrfProtection);
  app.use(API, jsonBody);
  app.use(screensRouter());
  app.use(homeRouter(deps));
  app.use(notFound, errorBorder);
  return app;
}
