import { access, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { bilingual, faultInLog, StartFault } from './faults.ts';
import { freePort } from './ports.ts';
import { type Exit, type ServiceProcess, startProcess } from './processes.ts';

export interface TemporalOptions {
  /** The `temporal` program, see `findProgram`. */
  readonly program: string;
  /** Folder of its database file and log. */
  readonly folder: string;
  readonly namespace?: string;
  /** Asked at each try, as a port found free may be taken meanwhile. Default: any free port, no pages. */
  readonly ports?: () => Promise<TemporalPorts>;
}

export interface TemporalPorts {
  /** Port of the server. */
  readonly port: number;
  /** Port of its own web pages; without it, none are served. */
  readonly uiPort?: number;
}

/** A running Temporal development server, its state in a file. */
export interface TemporalServer {
  /** `host:port`, for TEMPORAL_ADDRESS. */
  readonly address: string;
  readonly port: number;
  readonly uiPort?: number;
  readonly process: ServiceProcess;
  /** Where a database file that this server refused was put; the server then began a new one. */
  readonly setAside?: string;
  stop(): Promise<void>;
}

/** Workflows can be started before they can be listed: the server is ready once it answers a search. */
async function answersSearch(httpPort: number, namespace: string): Promise<boolean> {
  try {
    const url = `http://127.0.0.1:${httpPort}/api/v1/namespaces/${encodeURIComponent(namespace)}/workflow-count`;
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) });
    await response.arrayBuffer();
    return response.ok;
  } catch {
    return false;
  }
}

async function untilReady(
  server: ServiceProcess,
  httpPort: number,
  namespace: string,
): Promise<Exit | 'ready' | 'late'> {
  const deadline = Date.now() + 60_000;
  while (Date.now() < deadline) {
    const state = await Promise.race([answersSearch(httpPort, namespace), server.exited]);
    if (state === true) return 'ready';
    if (state !== false) return state;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return 'late';
}

/** What a server says of a file that is damaged or of another version. */
const REFUSES_FILE =
  /not a database|malformed|disk image|schema version|incompatible|no such (table|column)|SQL logic error/i;

/** Puts the database file aside when the server refused it; tells where. The rows of PostgreSQL bring all back (design §4). */
async function putAside(folder: string, said: string): Promise<string | undefined> {
  const file = join(folder, 'temporal.db');
  const there = await access(file).then(
    () => true,
    () => false,
  );
  if (!there || !REFUSES_FILE.test(said)) return undefined;
  const aside = `${file}.refused-${Date.now()}`;
  for (const suffix of ['', '-wal', '-shm']) await rename(file + suffix, aside + suffix).catch(() => undefined);
  return aside;
}

/**
 * Starts the development server on 127.0.0.1 and waits until it answers searches; a database file that it refuses is put
 * aside. Rejects with a StartFault.
 */
export async function startTemporal(options: TemporalOptions): Promise<TemporalServer> {
  const first = await launchOnFreePorts(options);
  if ('process' in first) return first;
  const setAside = await putAside(options.folder, first.said);
  const second = setAside === undefined ? first : await launchOnFreePorts(options);
  if ('process' in second) return { ...second, ...(setAside === undefined ? {} : { setAside }) };
  const said = reasonIn(second.said);
  throw (
    faultInLog(second.said, options.folder) ??
    new StartFault(bilingual(`Temporal n'a pas démarré : ${said}`, `Temporal did not start: ${said}`))
  );
}

/** Its last lines, or those that begin a Go panic: what follows them is a trace. */
function reasonIn(said: string): string {
  const lines = said.trim().split('\n');
  const panic = lines.findIndex((line) => line.startsWith('panic: '));
  return (panic < 0 ? lines.slice(-3) : lines.slice(panic, panic + 2)).join(' ');
}

const PORT_TAKEN = /address already in use|HTTPAPIServerProvider/;
const PORT_TRIES = 3;
/** A refusal stands at the beginning; a Go panic prints a long trace after it. */
const FIRST_WORDS = 20_000;

/** A port found free may be taken before the server binds it: other ports are then tried. */
async function launchOnFreePorts(options: TemporalOptions): ReturnType<typeof launch> {
  for (let left = PORT_TRIES; ; left -= 1) {
    const launched = await launch(options);
    if ('process' in launched || left <= 1 || !PORT_TAKEN.test(launched.said)) return launched;
  }
}

/** One try; what the server said when it did not come up. */
async function launch(options: TemporalOptions): Promise<TemporalServer | { readonly said: string }> {
  const { folder, namespace = 'default' } = options;
  const { port, uiPort } = (await options.ports?.()) ?? { port: await freePort() };
  const httpPort = await freePort();
  const network = ['--ip', '127.0.0.1', '--port', String(port), '--http-port', String(httpPort), '--log-level', 'warn'];
  const pages = uiPort === undefined ? ['--headless'] : ['--ui-port', String(uiPort), '--ui-ip', '127.0.0.1'];
  const database = ['--db-filename', join(folder, 'temporal.db'), '--namespace', namespace];
  const pragmas = ['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'];
  let said = '';
  const server = await startProcess({
    name: 'temporal',
    command: options.program,
    args: ['server', 'start-dev', ...network, ...pages, ...database, ...pragmas],
    cwd: folder,
    logFile: join(folder, 'temporal.log'),
    onOutput: (text) => {
      if (said.length < FIRST_WORDS) said += text;
    },
    stopSignal: 'SIGINT',
    stopTimeoutMs: 1_500,
  });
  const state = await untilReady(server, httpPort, namespace);
  if (state === 'ready') {
    const served = uiPort === undefined ? {} : { uiPort };
    return { address: `127.0.0.1:${port}`, port, ...served, process: server, stop: () => server.stop() };
  }
  await server.stop();
  return { said };
}
