import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { makeCrossable, root } from '../services/folders.ts';
import { freePort } from '../services/ports.ts';
import { isAlive } from '../services/process-identity.ts';
import { type ServiceProcess, startNode } from '../services/processes.ts';
import { DEMO_LOADED } from '../start/one-off.ts';
import { type RunFile, readRunFile } from '../start/run-file.ts';

/** What can be struck: a part, the start that watches over them, or everything at once. */
export const TARGETS = ['worker', 'api', 'postgres', 'temporal', 'start', 'all'] as const;
export type Target = (typeof TARGETS)[number];

const READY_WITHIN_MS = 120_000;
const LOOK_EVERY_MS = 50;
/** `/readyz` is read once a second: before that it may tell of the time before the blow. */
const STALE_READINESS_MS = 1_100;

export interface RigOptions {
  /** Default: a fresh folder in the temp folder. */
  readonly folder?: string;
  /** Loads the demo's offer; default false. */
  readonly demoData?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Where the code is that it runs; default: here. */
  readonly root?: string;
}

/** The platform as `npm start` runs it, in a folder of its own, for those who break it and watch. */
export class Rig {
  readonly folder: string;
  readonly data: string;
  readonly #env: Readonly<Record<string, string>>;
  #code: string;
  #port = 0;
  #start: ServiceProcess | undefined;
  #run: RunFile | undefined;

  private constructor(folder: string, env: Readonly<Record<string, string>>, code: string) {
    this.folder = folder;
    this.#code = code;
    this.data = join(folder, 'data');
    this.#env = env;
  }

  /** Starts it and waits until it is ready. */
  static async open({ folder, demoData = false, env = {}, root: code = root }: RigOptions = {}): Promise<Rig> {
    const rig = new Rig(folder ?? (await mkdtemp(join(tmpdir(), 'sofi-rig-'))), env, code);
    await makeCrossable(rig.folder);
    await mkdir(rig.data, { recursive: true });
    if (!demoData) await writeFile(join(rig.data, DEMO_LOADED), '');
    await rig.start();
    return rig;
  }

  /** The next start runs the code of another folder. */
  runCodeOf(folder: string): void {
    this.#code = folder;
  }

  /** What run.json said when it was last ready. */
  get run(): RunFile {
    if (this.#run === undefined) throw new Error('Cannot read run.json: the platform was not started');
    return this.#run;
  }

  /** What the start printed last. */
  said(): string {
    return this.#start?.output() ?? '';
  }

  /** `npm start` on the folder; answers the milliseconds to ready. Throws with what it said when it does not come up. */
  async start(): Promise<number> {
    const began = performance.now();
    if (this.#port === 0) this.#port = await freePort();
    const none = { DATABASE_URL: '', TEMPORAL_ADDRESS: '', PUBLIC_URL: '', NODE_ENV: '' };
    // Two rigs prefer the same port for Temporal: while one is struck, its worker must not serve the other's workflows.
    const env = { ...process.env, ...none, TEMPORAL_NAMESPACE: basename(this.folder) };
    const started = await startNode({
      name: 'start',
      args: ['ops/start/main.ts'],
      cwd: this.#code,
      env: { ...env, LOG_LEVEL: 'warn', ...this.#env, PORT: String(this.#port), SOFI_DEMO: '1', SOFI_DATA: this.data },
      stopTimeoutMs: 15_000,
    });
    this.#start = started;
    while (!started.output().includes('SOFI is ready')) {
      const ended = await Promise.race([started.exited, sleep(LOOK_EVERY_MS).then(() => undefined)]);
      if (ended !== undefined || performance.now() - began > READY_WITHIN_MS) {
        await started.stop();
        throw new Error(`The platform did not come up: ${started.output()}`);
      }
    }
    this.#run = await readRunFile(this.data);
    return performance.now() - began;
  }

  /** The process of a part now; 0 while it has none. */
  async pidOf(part: string): Promise<number> {
    const run = await readRunFile(this.data);
    return run?.processes.find(({ name }) => name === part)?.pid ?? 0;
  }

  /** `kill -9`, of the process alone: what it started is left to itself. */
  async kill(target: Target): Promise<void> {
    const run = await readRunFile(this.data);
    const struck = (run?.processes ?? []).filter(({ name }) => target === 'all' || name === target);
    for (const { pid } of struck) if (isAlive(pid)) process.kill(pid, 'SIGKILL');
    if (target === 'start' || target === 'all') await this.#start?.exited;
  }

  /** Waits until the platform is ready again, started anew when the start itself was struck; answers the milliseconds. */
  async recover(target: Target): Promise<number> {
    if (target === 'start' || target === 'all') return this.start();
    const began = performance.now();
    await sleep(STALE_READINESS_MS);
    while (performance.now() - began < READY_WITHIN_MS) {
      if (await this.isReady()) return performance.now() - began;
      await sleep(LOOK_EVERY_MS);
    }
    throw new Error(`The platform is not ready after the death of ${target}: ${this.said()}`);
  }

  async isReady(): Promise<boolean> {
    const answer = await fetch(`${this.run.apiUrl}/readyz`, { signal: AbortSignal.timeout(3_000) }).catch(
      () => undefined,
    );
    await answer?.arrayBuffer().catch(() => undefined);
    return answer?.status === 200;
  }

  /** An orderly stop; the data stays. */
  async stop(): Promise<void> {
    await this.#start?.stop();
  }

  /** Stops and forgets everything. */
  async close(): Promise<void> {
    await this.stop();
    await rm(this.folder, { recursive: true, force: true });
  }
}
