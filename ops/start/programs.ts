import { join } from 'node:path';
import { root } from '../services/folders.ts';
import { type ServiceProcess, startNode } from '../services/processes.ts';
import type { StartSettings } from './settings.ts';

/** What the children are told beside what they inherit. */
export interface ChildFacts {
  readonly databaseUrl: string;
  readonly temporalAddress: string;
  readonly temporalUiUrl: string | undefined;
  readonly port: number;
  readonly apiUrl: string;
  readonly publicUrl: string;
  readonly operatorSecret: string;
  readonly sessionSecret: string;
  /** Signs the links of mails. */
  readonly linkSecret: string;
  /** Port of the demo's own mail server; absent when mail goes elsewhere. */
  readonly mailCatcher: number | undefined;
  /** `host:port` at which the worker tells Prometheus its figures. */
  readonly workerMetrics: string;
}

/** The environment of the API, the worker and the one-off programs. */
export function childEnvironment(settings: StartSettings, facts: ChildFacts): NodeJS.ProcessEnv {
  return {
    ...settings.env,
    DATABASE_URL: facts.databaseUrl,
    TEMPORAL_ADDRESS: facts.temporalAddress,
    TEMPORAL_NAMESPACE: settings.temporalNamespace,
    ...(facts.temporalUiUrl === undefined ? {} : { TEMPORAL_UI_URL: facts.temporalUiUrl }),
    HOST: settings.host,
    PORT: String(facts.port),
    PUBLIC_URL: facts.publicUrl,
    SOFI_API_URL: facts.apiUrl,
    SOFI_DATA: settings.data,
    SOFI_DEMO: settings.demo ? '1' : '0',
    SOFI_OPERATOR_SECRET: facts.operatorSecret,
    SOFI_WORKER_METRICS: settings.env.SOFI_WORKER_METRICS ?? facts.workerMetrics,
    SOFI_SESSION_SECRET: settings.env.SOFI_SESSION_SECRET ?? facts.sessionSecret,
    SOFI_LINK_SECRET: settings.env.SOFI_LINK_SECRET ?? facts.linkSecret,
    ...(facts.mailCatcher === undefined
      ? {}
      : { SOFI_MAIL_CATCHER: String(facts.mailCatcher), SMTP_URL: `smtp://127.0.0.1:${facts.mailCatcher}` }),
  };
}

/**
 * glibc keeps what each thread freed for that thread alone: with tens of threads, hundreds of MB. Two stores are enough,
 * and what is free at a store's end goes back: left to itself glibc keeps up to 64 MB there.
 */
const ARENAS = { MALLOC_ARENA_MAX: '2', MALLOC_TRIM_THRESHOLD_: '131072' };

/**
 * Renderings and imports make garbage by the page; V8's own measures, made for the whole machine's memory, would keep it.
 * The containers take the same from `docker-compose.yml`.
 */
export const WORKER_HEAP = ['--max-semi-space-size=8', '--max-old-space-size=768'];

/** Starts the HTTP process; its log is `api.log` in the data folder. */
export function startApi(settings: StartSettings, env: NodeJS.ProcessEnv): Promise<ServiceProcess> {
  return startNode({
    name: 'api',
    args: ['api/main.ts'],
    cwd: root,
    env: { ...ARENAS, ...env },
    logFile: join(settings.data, 'api.log'),
    stopTimeoutMs: 2_500,
  });
}

/** Starts one worker process for both queues: on one machine two would only cost memory. */
export function startWorker(settings: StartSettings, env: NodeJS.ProcessEnv): Promise<ServiceProcess> {
  const args = [...WORKER_HEAP, 'workers/main.ts', '--queue', 'interactif,lots'];
  return startNode({
    name: 'worker',
    args,
    cwd: root,
    env: { ...ARENAS, ...env },
    logFile: join(settings.data, 'worker.log'),
    stopTimeoutMs: 3_500,
  });
}
