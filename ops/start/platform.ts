import { access, rm, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bilingual, faultInLog, StartFault } from '../services/faults.ts';
import { makeCrossable } from '../services/folders.ts';
import { freePort, tryPort } from '../services/ports.ts';
import { commandOf } from '../services/process-identity.ts';
import { lockData } from './data-lock.ts';
import { database, type Embedded, temporal } from './embedded.ts';
import { type ChildFacts, childEnvironment, runProgram, startApi, startWorker } from './programs.ts';
import type { Report } from './report.ts';
import { type RunFile, stopOrphans, writeRunFile } from './run-file.ts';
import { buildScreens } from './screens.ts';
import { freshSecret, keptSecret } from './secrets.ts';
import type { StartSettings } from './settings.ts';
import { type Part, supervise } from './supervise.ts';

const READY_WITHIN_MS = 90_000;
/** A part that dies so often before the first answer will not get better by itself. */
const DEATHS_BEFORE_GIVING_UP = 3;
const LEAST_FREE_BYTES = 100 * 1024 * 1024;
/** What depends on others stops before them. */
const STOP_ORDER = ['api', 'worker', 'temporal', 'postgres'];

/** A platform that was asked to stop while it started. */
class Stopped extends Error {}

/** The whole platform on one machine, as `npm start` and the browser tests run it. */
export class Platform {
  readonly #settings: StartSettings;
  readonly #report: Report;
  readonly #parts: Part[] = [];
  #unlock: (() => Promise<void>) | undefined;
  #runFile: Omit<RunFile, 'processes'> | undefined;
  #stopping: Promise<void> | undefined;

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
    await this.#migrate(env);
    await this.#programs(env, facts.apiUrl);
    this.#runFile = this.#describe(facts, db, temporalServer);
    const written = await this.#writeRunFile(this.#runFile);
    if (this.#settings.demo) await this.#demo(env);
    return written;
  }

  /** Stops everything in order, within 10 s. Safe to call while it starts, and twice. */
  stop(): Promise<void> {
    this.#stopping ??= (async () => {
      for (const name of STOP_ORDER) await this.#parts.find((part) => part.name === name)?.stop();
      if (this.#unlock !== undefined) await rm(join(this.#settings.data, 'run.json'), { force: true });
      await this.#unlock?.();
    })();
    return this.#stopping;
  }

  /** Ends every part at once. */
  kill(): void {
    for (const part of this.#parts) part.kill();
  }

  async #add(part: Part | undefined): Promise<void> {
    if (part === undefined) return;
    this.#parts.push(part);
    if (this.#stopping !== undefined) {
      await part.stop();
      throw new Stopped();
    }
  }

  readonly #onChange = (event: 'died' | 'back', part: Part): void => {
    const said = event === 'died' ? "s'est arrêté, je le relance / stopped, starting it again" : 'est revenu / is back';
    this.#report.say(`! ${part.name} ${said}`);
    if (event === 'back' && this.#runFile !== undefined) {
      this.#writeRunFile(this.#runFile).catch((error: unknown) => this.#report.say(`! run.json : ${String(error)}`));
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
    const { data, host, publicUrl } = this.#settings;
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
    };
  }

  async #migrate(env: NodeJS.ProcessEnv): Promise<void> {
    await this.#report.step('Schéma de la base / database schema', async (note) => {
      const ran = await runProgram('migrate.ts', env).catch((error: unknown) => {
        const said = error instanceof Error ? error.message : String(error);
        const line = said.split('\n').find((text) => /^\w*Error:/.test(text)) ?? said;
        throw new StartFault(
          bilingual(
            `Le schéma de la base n'a pas pu être posé : ${line}`,
            `The database schema could not be laid: ${line}`,
          ),
        );
      });
      if (ran.length > 0) note(`${ran.length} migrations`);
    });
  }

  async #programs(env: NodeJS.ProcessEnv, apiUrl: string): Promise<void> {
    await this.#report.step('API et traitements / API and workers', async () => {
      const worker = await supervise('worker', () => startWorker(this.#settings, env), this.#onChange);
      await this.#add(worker);
      const api = await supervise('api', () => startApi(this.#settings, env), this.#onChange);
      await this.#add(api);
      await this.#untilReady(`${apiUrl}/readyz`, [api, worker]);
    });
  }

  async #untilReady(url: string, parts: readonly Part[]): Promise<void> {
    const deadline = Date.now() + READY_WITHIN_MS;
    for (;;) {
      if (this.#stopping !== undefined) throw new Stopped();
      const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
      await answer?.arrayBuffer().catch(() => undefined);
      if (answer?.status === 200) return;
      const lost = parts.find((part) => part.deaths() >= DEATHS_BEFORE_GIVING_UP);
      if (lost !== undefined || Date.now() > deadline) throw this.#neverReady(url, lost);
      await sleep(100);
    }
  }

  #neverReady(url: string, lost: Part | undefined): StartFault {
    const { data } = this.#settings;
    const name = lost?.name ?? 'api';
    const output = lost?.current().output() ?? '';
    const known = faultInLog(output, data);
    const said = output.split('\n').find((line) => /Error|Cannot/.test(line)) ?? '';
    return (
      known ??
      new StartFault(
        bilingual(
          `${url} ne répond pas 200. Voyez ${join(data, `${name}.log`)}. ${said}`,
          `${url} does not answer 200. See ${join(data, `${name}.log`)}.`,
        ),
      )
    );
  }

  #describe(facts: ChildFacts, db: Embedded, temporalServer: Embedded): Omit<RunFile, 'processes'> {
    const at = (path: string): string => facts.publicUrl + path;
    return {
      apiUrl: facts.apiUrl,
      addresses: {
        site: at('/'),
        console: at('/console/'),
        of: at('/of/'),
        api: at('/api/docs'),
        flux: at('/flux/manifest.json'),
        ...(facts.temporalUiUrl === undefined ? {} : { temporal: facts.temporalUiUrl }),
      },
      databaseUrl: facts.databaseUrl,
      temporalAddress: facts.temporalAddress,
      temporalNamespace: this.#settings.temporalNamespace,
      operatorSecret: facts.operatorSecret,
      embedded: { postgres: db.part !== undefined, temporal: temporalServer.part !== undefined },
    };
  }

  async #writeRunFile(described: Omit<RunFile, 'processes'>): Promise<RunFile> {
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

  /** Loads the demo data once per data folder; a failure is told and leaves the platform running. */
  async #demo(env: NodeJS.ProcessEnv): Promise<void> {
    const marker = join(this.#settings.data, 'demo-loaded');
    const loaded = await access(marker).then(
      () => true,
      () => false,
    );
    if (loaded) return;
    try {
      await this.#report.step('Données de démonstration / demo data', () => runProgram('load-demo.ts', env));
      await writeFile(marker, '');
    } catch (error) {
      if (this.#stopping !== undefined) throw new Stopped();
      this.#report.say(
        `! Données de démonstration / demo data: ${error instanceof Error ? error.message : String(error)}`,
      );
    }
  }
}
