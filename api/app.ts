import express, { type Express, type RequestHandler, Router } from 'express';
import helmet from 'helmet';
import type { Pool } from 'pg';
import { demoMailsRouter } from './demo/courriels.router.ts';
import type { ApiDeps } from './deps.ts';
import { docsRouter } from './docs.router.ts';
import { mountEndpoints } from './endpoint.ts';
import { FILE_ENDPOINTS, JSON_ENDPOINTS } from './endpoints.ts';
import { openEvents } from './events/events.router.ts';
import { openFeeds } from './feeds/feeds.router.ts';
import { tellFullDisk } from './full-disk.ts';
import { healthRouter } from './health.router.ts';
import { homeRouter } from './home.router.ts';
import { limitLogins, receiveInTime } from './limits.ts';
import { csrfProtection, loginCookie } from './login/cookie.ts';
import { loginRouter } from './login/login.router.ts';
import { openOidc } from './login/oidc.ts';
import { SANDBOX_PATH, sandboxProvider } from './login/sandbox.ts';
import { recogniseViewer } from './login/viewer.ts';
import { mailLinksRouter } from './m/m.router.ts';
import { metricsRouter } from './metrics.router.ts';
import { errorBorder, notFound } from './problems.ts';
import { identifyRequest, jsonBody, logRequests, mailBody, refuseBigBody } from './request.ts';
import { screensRouter } from './screens.ts';

const API = '/api/v1';
const HSTS_S = 180 * 24 * 3_600;

/** What a page may load: its own files; the component library writes its styles in the page. */
const security = (publicUrl: string) =>
  helmet({
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
    strictTransportSecurity: publicUrl.startsWith('https:') ? { maxAge: HSTS_S } : false,
  });

/** Pages of other sites may read the feeds. */
const openData: RequestHandler = (_req, res, next) => {
  res.set({ 'Access-Control-Allow-Origin': '*', 'Cross-Origin-Resource-Policy': 'cross-origin' });
  next();
};

export interface AppDeps extends ApiDeps {
  /** Connections of the logins' store, apart from those of requests. */
  readonly loginPool: Pool;
  /** The clock of the feeds, in ms; default the real one. */
  readonly now?: () => number;
}

/**
 * Everything the API's port serves, from one composition; tests call it with a database and a Temporal of their own.
 * `close` stops what runs beside requests.
 */
export function createApp(deps: AppDeps): { readonly app: Express; readonly close: () => void } {
  const oidc = openOidc(deps.settings);
  const feeds = openFeeds(deps);
  const events = openEvents(deps);
  const endpoints = [...JSON_ENDPOINTS, ...FILE_ENDPOINTS, events.endpoint];
  const metrics = metricsRouter({ deps, loginPool: deps.loginPool, endpoints, api: API });
  const login = loginCookie(deps.settings, deps.loginPool);
  const app = express();
  app.disable('x-powered-by');
  app.set('trust proxy', [...deps.settings.trustedProxies]);
  app.set('query parser', 'simple');
  // Before login, logs and parsers: the bytes of a release are fixed, nobody in particular asks for them.
  app.use(metrics.measure, feeds.fast);
  app.use(security(deps.settings.publicUrl), identifyRequest, logRequests(deps.log));
  app.use(healthRouter(deps), metrics.router);
  app.use('/flux', openData, feeds.router);
  if (oidc.isSandbox) app.use(SANDBOX_PATH, sandboxProvider(deps.settings, oidc.client));
  app.use(mailLinksRouter(deps));
  if (deps.settings.demo) app.use(demoMailsRouter(deps));
  app.use(docsRouter(deps, endpoints));
  app.use(['/login', '/logout', API], login.handler, recogniseViewer(deps));
  app.use('/login/depart', limitLogins);
  app.use(loginRouter(deps, oidc));
  app.use(API, csrfProtection);
  app.use(API, mountEndpoints(Router(), deps, [...FILE_ENDPOINTS, events.endpoint]));
  app.use(API, receiveInTime, refuseBigBody, jsonBody, mailBody, mountEndpoints(Router(), deps, JSON_ENDPOINTS));
  app.use(screensRouter());
  app.use(homeRouter(deps));
  app.use(notFound, tellFullDisk(deps.settings.dataFolder), errorBorder);
  const close = () => {
    feeds.close();
    events.close();
    login.close();
  };
  return { app, close };
}
