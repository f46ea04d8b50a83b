import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { Registry } from 'prom-client';
import { figureGauges } from '../../api/metrics/figures.ts';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const alerts = read('ops/watch/alerts.yml');
const dashboard = JSON.parse(read('ops/watch/grafana-dashboard.json')) as {
  panels: { title: string; targets?: { expr: string }[] }[];
};
const guide = read('docs/operator.md');

/** What is told beside the figures of the rows: by the API's middleware and pools, by Node, by the SDK, by Prometheus. */
const OTHERS = [
  'sofi_http_request_seconds_count',
  'sofi_http_request_seconds_bucket',
  'sofi_pg_pool_connections',
  'sofi_worker_metrics_up',
  'sofi_activity_retries_total',
  'temporal_workflow_task_execution_failed_total',
  'temporal_workflow_task_schedule_to_start_latency_seconds_bucket',
  'process_resident_memory_bytes',
  'nodejs_eventloop_lag_p99_seconds',
];

const metricsIn = (text: string): string[] => text.match(/\b(?:sofi|temporal|process|nodejs)_[a-z0-9_]+/g) ?? [];

describe('what watches SOFI', () => {
  const names = [...alerts.matchAll(/- alert: (\w+)/g)].map(([, name]) => name ?? '');
  const registry = new Registry();
  figureGauges(registry);
  const known = new Set([...OTHERS, ...registry.getMetricsAsArray().map(({ name }) => name)]);

  it('explains each alert to the operator, and no other', () => {
    const explained = [...guide.matchAll(/^### (\w+)$/gm)].map(([, name]) => name);
    expect(names.length).toBeGreaterThan(10);
    expect(explained).toEqual(names);
  });

  it('asks in its alerts for figures that are told', () => {
    const asked = metricsIn(alerts);
    expect(asked.length).toBeGreaterThan(names.length - 1);
    expect(asked.filter((name) => !known.has(name))).toEqual([]);
  });

  it('draws figures that are told, each panel some', () => {
    const panels = dashboard.panels.filter(({ targets }) => targets !== undefined);
    expect(panels.length).toBeGreaterThan(10);
    for (const { title, targets = [] } of panels) {
      const asked = targets.flatMap(({ expr }) => metricsIn(expr));
      expect({ title, unknown: asked.filter((name) => !known.has(name)) }).toEqual({ title, unknown: [] });
      expect(asked.length).toBeGreaterThan(0);
    }
  });
});
