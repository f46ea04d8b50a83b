import { type RequestHandler, Router } from 'express';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { SofiError } from '../domain/model/errors.ts';
import { STATUTS } from '../domain/model/vocabulary.ts';
import type { ApiDeps } from './deps.ts';
import { isLoopback, showsOperatorSecret } from './login/viewer.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Ids in an address are many: a series per address would never end. */
function routeLabel(path: string): string {
  return path
    .replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/gi, ':id')
    .replaceAll(/\/\d+(?=\/|$)/g, '/:n')
    .replace(/^\/(console|of|oidc|m)\/.*/, '/$1/…');
}

/** Measures every answer, and tells Prometheus: to this machine itself, or to who shows the operator's secret. */
export function metricsRouter(deps: ApiDeps): { readonly measure: RequestHandler; readonly router: Router } {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const seconds = new Histogram({
    name: 'sofi_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  new Gauge({
    name: 'sofi_soumissions',
    help: 'Soumissions by statut',
    labelNames: ['statut'],
    registers: [registry],
    async collect() {
      const rows = await deps.db.asWorker((sql) =>
        sql
          .selectFrom('soumission')
          .select(['statut', (is) => is.fn.countAll<number>().as('n')])
          .groupBy('statut')
          .execute(),
      );
      for (const statut of STATUTS) this.set({ statut }, Number(rows.find((row) => row.statut === statut)?.n ?? 0));
    },
  });
  const measure: RequestHandler = (req, res, next) => {
    const done = seconds.startTimer({ method: req.method });
    const { path } = req;
    res.once('finish', () => {
      // What is at no address is one series, else a stranger could make any number of them.
      done({ route: res.statusCode === 404 ? '404' : routeLabel(path), status: res.statusCode });
    });
    next();
  };
  const router = Router().get('/metrics', async (req, res) => {
    if (!isLoopback(req) && !showsOperatorSecret(deps, req)) throw new SofiError('non-authentifie');
    res.set('Content-Type', registry.contentType).send(await registry.metrics());
  });
  return { measure, router };
}
