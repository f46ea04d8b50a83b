import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from '../services/folders.ts';
import { type ServiceProcess, startNode } from '../services/processes.ts';

/** A part that takes longer is stopped and has failed. */
const LONGEST_PART_MS = 40 * 60_000;
const LONGEST_CLEANUP_MS = 20_000;

export interface Ran {
  readonly ok: boolean;
  readonly output: string;
}

/** Runs the tools of a test run, knows what is running, and leaves nothing behind. */
export class Runner {
  readonly #folder: string;
  readonly #running = new Set<ServiceProcess>();
  #closed = false;

  private constructor(folder: string) {
    this.#folder = folder;
  }

  static async open(): Promise<Runner> {
    return new Runner(await mkdtemp(join(tmpdir(), 'sofi-run-')));
  }

  /** A Node tool, run to its end; `live` also shows its output as it comes. */
  async node(
    name: string,
    args: readonly string[],
    options: { live: boolean; env?: Record<string, string> },
  ): Promise<Ran> {
    if (this.#closed) return { ok: false, output: '' };
    let output = '';
    const tool = await startNode({
      name,
      args,
      cwd: root,
      env: { ...process.env, FORCE_COLOR: '0', SOFI_TEST_RUN: this.#folder, ...options.env },
      onOutput: (text) => {
        output += text;
        if (options.live) process.stdout.write(text);
      },
    });
    this.#running.add(tool);
    const late = setTimeout(() => void tool.stop(), LONGEST_PART_MS);
    const { code } = await tool.exited;
    clearTimeout(late);
    this.#running.delete(tool);
    return { ok: code === 0, output };
  }

  /** Where a tool writes its report. */
  reportFile(name: string): string {
    return join(this.#folder, `${name}.json`);
  }

  /** The report a tool wrote, undefined when it wrote none. */
  async report(name: string): Promise<string | undefined> {
    return readFile(this.reportFile(name), 'utf8').catch(() => undefined);
  }

  /** Stops what runs and waits until the services of the tests are gone too. */
  async close(): Promise<void> {
    this.#closed = true;
    await Promise.all([...this.#running].map((tool) => tool.stop()));
    const deadline = Date.now() + LONGEST_CLEANUP_MS;
    while (Date.now() < deadline) {
      const marks = (await readdir(this.#folder).catch(() => [])).filter((file) => file.endsWith('.keeper'));
      if (marks.length === 0) break;
      await sleep(100);
    }
    await rm(this.#folder, { recursive: true, force: true });
  }
}
