import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { fileURLToPath } from 'node:url';

const leash = fileURLToPath(new URL('./leash.ts', import.meta.url));
const alive = new Set<ChildProcess>();
// A child on a leash is asked, as it may have children of its own to stop; any other is ended.
process.once('exit', () => {
  for (const child of alive) signalGroup(child, child.channel ? 'SIGTERM' : 'SIGKILL');
});

export interface ProcessOptions {
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: NodeJS.ProcessEnv;
  readonly cwd?: string;
  readonly uid?: number;
  readonly gid?: number;
  /** Where its output is appended; without it, only the last lines are kept in memory. */
  readonly logFile?: string;
  readonly onOutput?: (text: string) => void;
  readonly stopSignal?: NodeJS.Signals;
  /** After that many milliseconds a stop becomes a kill. Default 3 000. */
  readonly stopTimeoutMs?: number;
  readonly ipc?: boolean;
}

export interface Exit {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

/** A child process of ours: ends with us, stops cleanly, remembers the end of its output. */
export interface ServiceProcess {
  readonly name: string;
  readonly pid: number;
  readonly child: ChildProcess;
  /** Resolves once it has ended, for whatever reason. */
  readonly exited: Promise<Exit>;
  /** The last 8 000 characters it printed. */
  output(): string;
  stop(): Promise<void>;
  kill(): void;
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    child.kill(signal);
  }
}

/** Starts a child in a process group of its own, so that a Ctrl-C in the terminal reaches us alone and we stop things in order. */
export async function startProcess(options: ProcessOptions): Promise<ServiceProcess> {
  const child = spawn(options.command, options.args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: process.platform !== 'win32',
    stdio: options.ipc ? ['ignore', 'pipe', 'pipe', 'ipc'] : ['ignore', 'pipe', 'pipe'],
    ...(options.uid === undefined ? {} : { uid: options.uid }),
    ...(options.gid === undefined ? {} : { gid: options.gid }),
  });
  let tail = '';
  const log =
    options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a', mode: 0o600 });
  log?.on('error', () => undefined);
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-8_000);
      log?.write(text);
      options.onOutput?.(text);
    });
  }
  const exited = new Promise<Exit>((resolve) => {
    child.once('close', (code, signal) => {
      alive.delete(child);
      log?.end();
      resolve({ code, signal });
    });
  });
  await new Promise<void>((resolve, reject) => child.once('spawn', resolve).once('error', reject));
  alive.add(child);
  child.on('error', () => undefined);

  let stopping: Promise<void> | undefined;
  const stop = async (): Promise<void> => {
    if (!alive.has(child)) return;
    child.kill(options.stopSignal ?? 'SIGTERM');
    const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), options.stopTimeoutMs ?? 3_000);
    await exited;
    clearTimeout(timer);
  };
  return {
    name: options.name,
    pid: child.pid ?? 0,
    child,
    exited,
    output: () => tail,
    stop: () => (stopping ??= stop()),
    kill: () => signalGroup(child, 'SIGKILL'),
  };
}

/** The same for a Node program of the house; it also stops when this process is killed. */
export function startNode(options: Omit<ProcessOptions, 'command' | 'ipc'>): Promise<ServiceProcess> {
  return startProcess({
    ...options,
    command: process.execPath,
    args: ['--disable-warning=ExperimentalWarning', '--import', leash, ...options.args],
    env: { ...(options.env ?? process.env), SOFI_LEASH_HOLDER: String(process.pid) },
    ipc: true,
  });
}

/** Runs a program to its end; rejects with the end of its output when it fails. */
export async function runToEnd(options: ProcessOptions): Promise<string> {
  const running = await startProcess(options);
  const { code, signal } = await running.exited;
  if (code === 0) return running.output();
  throw new Error(`${options.name} failed (${signal ?? code}): ${running.output().slice(-2_000)}`);
}
