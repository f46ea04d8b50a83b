import { randomBytes } from 'node:crypto';
import { appendFile, chmod, chown, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import pg from 'pg';
import { bilingual, faultInLog, StartFault } from './faults.ts';
import { closedFolder, makeCrossable } from './folders.ts';
import { freePort } from './ports.ts';
import { type PostgresBinaries, postgresBinaries } from './postgres-binaries.ts';
import { repairOrphan } from './postgres-orphan.ts';
import { databaseUser, type SystemUser } from './postgres-user.ts';
import { runToEnd, type ServiceProcess, startProcess } from './processes.ts';

const OWNER = 'sofi';
/** Tests only: an operating-system crash may lose the data, a crash of the server may not. */
const UNSAFE = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off'];

export interface PostgresOptions {
  /** Folder of the data (`postgres/`), of its password and of its log; made if absent. */
  readonly folder: string;
  /** The database made and pointed at by `url`. Default `sofi`. */
  readonly database?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** False for tests: faster, not safe against a power cut. Default true. */
  readonly durable?: boolean;
  /** Extra server settings, `name=value`. */
  readonly settings?: readonly string[];
}

/** A running embedded PostgreSQL. */
export interface Postgres {
  /** Connection address of its superuser, on `database`. */
  readonly url: string;
  readonly port: number;
  readonly process: ServiceProcess;
  /** What was mended before the start, for the one who watches. */
  readonly repaired: Awaited<ReturnType<typeof repairOrphan>>;
  urlOf(database: string): string;
  stop(): Promise<void>;
}

async function keptPassword(file: string): Promise<string> {
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept !== '') return kept;
  const password = randomBytes(24).toString('base64url');
  await writeFile(file, password, { mode: 0o600 });
  return password;
}

/** Makes the cluster beside its place and moves it there, so that an interrupted initdb leaves nothing half made. */
async function initialise(
  binaries: PostgresBinaries,
  folder: string,
  password: string,
  user: SystemUser | undefined,
): Promise<void> {
  const made = join(folder, 'postgres.new');
  await rm(made, { recursive: true, force: true });
  await mkdir(made, { mode: 0o700 });
  const passwordFile = join(folder, `.initdb-${process.pid}`);
  await writeFile(passwordFile, password, { mode: 0o600 });
  try {
    if (user !== undefined) {
      await chown(made, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    const options = [
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--locale=C',
      '--data-checksums',
    ];
    await runToEnd({
      name: 'initdb',
      command: binaries.initdb,
      args: [`--pgdata=${made}`, `--username=${OWNER}`, `--pwfile=${passwordFile}`, ...options],
      cwd: folder,
      ...user,
    });
  } finally {
    await rm(passwordFile, { force: true });
  }
  await rename(made, join(folder, 'postgres'));
}

async function isServing(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function untilServing(server: ServiceProcess, url: string, folder: string): Promise<void> {
  const ended = server.exited.then(() => 'ended' as const);
  const deadline = Date.now() + 60_000;
  for (;;) {
    const state = await Promise.race([isServing(url), ended]);
    if (state === true) return;
    if (state === 'ended' || Date.now() > deadline) break;
    await new Promise((resolve) => setTimeout(resolve, 30));
  }
  await server.stop();
  const said = server.output().trim().split('\n').slice(-3).join(' ');
  throw (
    faultInLog(server.output(), folder) ??
    new StartFault(bilingual(`PostgreSQL n'a pas démarré : ${said}`, `PostgreSQL did not start: ${said}`))
  );
}

async function createDatabase(adminUrl: string, name: string): Promise<void> {
  const client = new pg.Client({ connectionString: adminUrl });
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
}

/**
 * Starts PostgreSQL 18 on 127.0.0.1 from `folder`, made on the first call and repaired after a kill. Rejects with a
 * StartFault that says what to do (full disk, closed folder, no server for this system).
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, database = 'sofi' } = options;
  await makeCrossable(folder);
  const user = await databaseUser();
  const closed = user === undefined ? undefined : closedFolder(folder);
  if (closed !== undefined) {
    throw new StartFault(
      bilingual(
        `L'utilisateur « postgres » ne peut pas traverser ${closed}. Choisissez un autre dossier avec SOFI_DATA.`,
        `The user "postgres" cannot cross ${closed}. Choose another folder with SOFI_DATA.`,
      ),
    );
  }
  const binaries = await postgresBinaries(user !== undefined, folder);
  const password = await keptPassword(join(folder, 'postgres.secret'));
  const databaseDir = join(folder, 'postgres');
  const repaired = await repairOrphan(databaseDir);
  if ((await stat(join(databaseDir, 'PG_VERSION')).catch(() => undefined)) === undefined)
    await initialise(binaries, folder, password, user);

  const port = options.port ?? (await freePort());
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', 'log_timezone=UTC'];
  if (options.durable === false) settings.push(...UNSAFE);
  settings.push(...(options.settings ?? []));
  const logFile = join(folder, 'postgres.log');
  await appendFile(logFile, '');
  await chmod(logFile, 0o600);
  const server = await startProcess({
    name: 'postgres',
    command: binaries.postgres,
    args: ['-D', databaseDir, '-p', String(port), ...settings.flatMap((setting) => ['-c', setting])],
    cwd: folder,
    logFile,
    stopSignal: 'SIGINT',
    stopTimeoutMs: 2_500,
    ...user,
  });
  const urlOf = (name: string): string => `postgres://${OWNER}:${password}@127.0.0.1:${port}/${name}`;
  await untilServing(server, urlOf('postgres'), folder);
  await createDatabase(urlOf('postgres'), database);
  return { url: urlOf(database), port, process: server, repaired, urlOf, stop: () => server.stop() };
}
