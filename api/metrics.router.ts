import { type RequestHandler, Router } from 'express';
import type { Pool } from 'pg';
import { collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { readFigures } from '../db/watch/figures.ts';
import { SofiError } from '../domain/model/errors.ts';
import type { ApiDeps } from './deps.ts';
import type { Endpoint } from './endpoint.ts';
import { isLoopback, showsOperatorSecret } from './login/viewer.ts';
import { figureGauges } from './metrics/figures.ts';
import { poolGauges } from './metrics/pools.ts';
import { routeLabels } from './metrics/route-label.ts';
import { workerFigures } from './metrics/worker.ts';

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

interface MetricsParts {
  readonly deps: ApiDeps;
  readonly loginPool: Pool;
  readonly endpoints: readonly Endpoint[];
  /** Where the API's calls are mounted. */
  readonly api: string;
}

/** Counts and times every answer by method, route and status. */
function measured(registry: Registry, routeOf: (path: string) => string): RequestHandler {
  const seconds = new Histogram({
    name: 'sofi_http_request_seconds',
    help: 'Time to answer, by method, route and status',
    labelNames: ['method', 'route', 'status'],
    buckets: SECONDS,
    registers: [registry],
  });
  return (req, res, next) => {
    const done = seconds.startTimer({ method: req.method });
    const route = routeOf(req.path);
    // A stream lasts as long as somebody listens: that is no time to answer.
    const isStream = () => String(res.getHeader('Content-Type')).startsWith('text/event-stream');
    res.once('finish', () => isStream() || done({ route, status: res.statusCode }));
    next();
  };
}

/** Measures every answer, and tells Prometheus: to this machine itself, or to who shows the operator's secret. */
export function metricsRouter({ deps, loginPool, endpoints, api }: MetricsParts): {
  readonly measure: RequestHandler;
  readonly router: Router;
} {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const measure = measured(registry, routeLabels(endpoints, api));
  poolGauges(registry, { api: () => deps.db.pool(), login: () => Promise.resolve(loginPool) });
  const tell = figureGauges(registry);
  const workerUp = new Gauge({
    name: 'sofi_worker_metrics_up',
    help: '1 when the worker of SOFI_WORKER_METRICS told its figures, which follow',
    registers: [registry],
  });
  const router = Router().get('/metrics', async (req, res) => {
    if (!isLoopback(req) && !showsOperatorSecret(deps, req)) throw new SofiError('non-authentifie');
    // The rows may be out of reach just when these figures matter: the others are told all the same.
    const figures = await deps.db.asWorker((sql) => readFigures(sql, new Date())).catch(() => undefined);
    tell(figures);
    const ofWorker = await workerFigures(deps.settings.workerMetrics);
    if (deps.settings.workerMetrics === undefined) workerUp.remove();
    else workerUp.set(ofWorker === '' ? 0 : 1);
    res.set('Content-Type', registry.contentType).send((await registry.metrics()) + ofWorker);
  });
  return { measure, router };
}
