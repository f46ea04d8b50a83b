import { rm, statfs } from 'node:fs/promises';
import { join } from 'node:path';
import { prepareDemo } from '../demo/prepare.ts';
import { faultInLog, StartFault } from '../services/faults.ts';
import { makeCrossable } from '../services/folders.ts';
import { freePort, tryPort } from '../services/ports.ts';
import { commandOf } from '../services/process-identity.ts';
import { lockData } from './data-lock.ts';
import { describeRun } from './describe-run.ts';
import { database, type Embedded, temporal } from './embedded.ts';
import { loadDemoOnce, migrateDatabase } from './one-off.ts';
import { type ChildFacts, childEnvironment, startApi, startWorker } from './programs.ts';
import { untilReady } from './readiness.ts';
import type { Report } from './report.ts';
import { type RunFacts, type RunFile, stopOrphans, writeRunFile } from './run-file.ts';
import { buildScreens } from './screens.ts';
import { freshSecret, keptSecret } from './secrets.ts';
import type { StartSettings } from './settings.ts';
import { type Part, supervise } from './supervise.ts';

const LEAST_FREE_BYTES = 100 * 1024 * 1024;
/** What depends on others stops before them. */
const STOP_ORDER = ['api', 'worker', 'temporal', 'postgres'];

/** The whole platform on one machine, as `npm start` and the browser tests run it. */
export class Platform {
  readonly #settings: StartSettings;
  readonly #report: Report;
  readonly #parts: Part[] = [];
  #unlock: (() => Promise<void>) | undefined;
  #runFacts: RunFacts | undefined;
  readonly #stop = new AbortController();
  #stopped: Promise<void> | undefined;

  constructor(settings: StartSettings, report: Report) {
    this.#settings = settings;
    this.#report = report;
  }

  /** Starts everything in order; resolves when `/readyz` answers 200 and the demo data is in. Rejects with a StartFault. */
  async start(): Promise<RunFile> {
    const port = await this.#prepareData();
    const [db, temporalServer] = await this.#services();
    const facts = await this.#facts(port, db, temporalServer);
    const env = childEnvironment(this.#settings, facts);
    await migrateDatabase(this.#report, env);
    if (this.#settings.demo) await prepareDemo(this.#settings.data);
    await this.#programs(env, facts.apiUrl);
    this.#runFacts = describeRun(facts, this.#settings.temporalNamespace, db, temporalServer);
    const written = await this.#writeRunFile(this.#runFacts);
    if (this.#settings.demo) await loadDemoOnce(this.#report, this.#settings.data, env);
    return written;
  }

  /** Stops everything in order, within 10 s. Safe to call while it starts, and twice. */
  stop(): Promise<void> {
    this.#stop.abort();
    this.#stopped ??= (async () => {
      for (const name of STOP_ORDER) await this.#parts.find((part) => part.name === name)?.stop();
      if (this.#unlock !== undefined) await rm(join(this.#settings.data, 'run.json'), { force: true });
      await this.#unlock?.();
    })();
    return this.#stopped;
  }

  /** Ends every part at once. */
  kill(): void {
    for (const part of this.#parts) part.kill();
  }

  async #add(part: Part | undefined): Promise<void> {
    if (part === undefined) return;
    this.#parts.push(part);
    if (this.#stop.signal.aborted) await part.stop();
    this.#stop.signal.throwIfAborted();
  }

  readonly #onChange = (event: 'died' | 'back', part: Part): void => {
    const said = event === 'died' ? "s'est arrêté, je le relance / stopped, starting it again" : 'est revenu / is back';
    this.#report.say(`! ${part.name} ${said}`);
    if (event === 'back' && this.#runFacts !== undefined) {
      this.#writeRunFile(this.#runFacts).catch((error: unknown) => this.#report.say(`! run.json : ${String(error)}`));
    }
  };

  async #prepareData(): Promise<number> {
    const { data, host, port } = this.#settings;
    await makeCrossable(data);
    this.#unlock = await lockData(data);
    const { bavail, bsize } = await statfs(data);
    if (bavail * bsize < LEAST_FREE_BYTES) throw faultInLog('ENOSPC', data) ?? new StartFault(data);
    const stopped = await stopOrphans(data);
    if (stopped.length > 0) this.#report.say(`· Restes d'un arrêt brutal / leftovers of a kill: ${stopped.join(', ')}`);
    return port === 0 ? freePort() : tryPort(port, host);
  }

  /** PostgreSQL, Temporal and the screens need nothing of each other. The first fault is told once all three are at rest. */
  async #services(): Promise<readonly [Embedded, Embedded]> {
    const started = async (service: Promise<Embedded>): Promise<Embedded> => {
      const embedded = await service;
      await this.#add(embedded.part);
      return embedded;
    };
    const screens = this.#report.step('Écrans / screens', async (note) =>
      note((await buildScreens()) ? 'construits / built' : 'à jour / up to date'),
    );
    const all = [
      started(database(this.#settings, this.#report, this.#onChange)),
      started(temporal(this.#settings, this.#report, this.#onChange)),
      screens,
    ] as const;
    await Promise.allSettled(all);
    const [db, temporalServer] = await Promise.all(all);
    return [db, temporalServer];
  }

  async #facts(port: number, db: Embedded, temporalServer: Embedded): Promise<ChildFacts> {
    const { data, host, publicUrl, demo, env } = this.#settings;
    const local = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
    return {
      databaseUrl: db.address,
      temporalAddress: temporalServer.address,
      temporalUiUrl: temporalServer.uiUrl,
      port,
      apiUrl: `http://${local.includes(':') ? `[${local}]` : local}:${port}`,
      publicUrl: publicUrl ?? `http://localhost:${port}`,
      operatorSecret: freshSecret(),
      sessionSecret: await keptSecret(join(data, 'session.secret')),
      linkSecret: await keptSecret(join(data, 'links.secret')),
      mailCatcher: demo && env.SMTP_URL === undefined ? await freePort() : undefined,
      workerMetrics: `127.0.0.1:${await freePort()}`,
    };
  }

  async #programs(env: NodeJS.ProcessEnv, apiUrl: string): Promise<void> {
    await this.#report.step('API et traitements / API and workers', async () => {
      const worker = await supervise('worker', () => startWorker(this.#settings, env), this.#onChange);
      await this.#add(worker);
      const api = await supervise('api', () => startApi(this.#settings, env), this.#onChange);
      await this.#add(api);
      await untilReady(`${apiUrl}/readyz`, [api, worker], this.#settings.data, this.#stop.signal);
    });
  }

  async #writeRunFile(described: RunFacts): Promise<RunFile> {
    const pids = [
      { name: 'start', pid: process.pid },
      ...this.#parts.map((part) => ({ name: part.name, pid: part.current().pid })),
    ];
    const processes = await Promise.all(
      pids.map(async ({ name, pid }) => ({ name, pid, command: (await commandOf(pid)) ?? '' })),
    );
    const content = { ...described, processes };
    await writeRunFile(this.#settings.data, content);
    return content;
  }
}
