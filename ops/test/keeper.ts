import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { migrate } from '../../db/migrate.ts';
import { makeCrossable } from '../services/folders.ts';
import { startPostgres } from '../services/postgres.ts';
import { startTemporal } from '../services/temporal.ts';
import { findProgram } from '../services/temporal-binaries.ts';
import { DEV_SERVER, TEST_SERVER } from '../services/temporal-wheels.ts';
import { DEMO_LOADED } from '../start/one-off.ts';
import { Platform } from '../start/platform.ts';
import { readStartSettings } from '../start/settings.ts';
import type { KeeperMessage } from './services.ts';

type Stop = () => Promise<void>;
interface Kept {
  readonly env: Record<string, string>;
}

const [kind, folder = ''] = process.argv.slice(2);
const stops: Stop[] = [];
const say = (line: string): void => console.log(line);

async function keepDatabase(): Promise<Kept> {
  const postgres = await startPostgres({
    folder: join(folder, 'database'),
    database: 'sofi_template',
    durable: false,
    settings: ['max_connections=200'],
  });
  stops.push(() => postgres.stop());
  await migrate(postgres.url);
  return { env: { SOFI_TEST_DATABASE_URL: postgres.urlOf('postgres') } };
}

async function keepTemporal(): Promise<Kept> {
  const [server, skipping] = [
    await findProgram(DEV_SERVER, { onStep: say }),
    await findProgram(TEST_SERVER, { onStep: say }),
  ];
  await makeCrossable(join(folder, 'temporal'));
  const temporal = await startTemporal({ program: server.path, folder: join(folder, 'temporal') });
  stops.push(() => temporal.stop());
  return { env: { SOFI_TEST_TEMPORAL_ADDRESS: temporal.address, SOFI_TEST_TIME_SKIPPING_SERVER: skipping.path } };
}

async function keepPlatform(withOffer: boolean): Promise<Kept> {
  const data = join(folder, 'data');
  if (!withOffer) {
    await mkdir(data, { recursive: true });
    await writeFile(join(data, DEMO_LOADED), '');
  }
  const settings = readStartSettings({
    ...process.env,
    PORT: '0',
    PUBLIC_URL: '',
    SOFI_DATA: data,
    SOFI_DEMO: '1',
    DATABASE_URL: '',
    TEMPORAL_ADDRESS: '',
  });
  const platform = new Platform(settings, { say, step: async (_label, work) => work(() => undefined) });
  stops.push(() => platform.stop());
  const run = await platform.start();
  return { env: { SOFI_E2E_URL: run.addresses.site?.replace(/\/$/, '') ?? run.apiUrl, SOFI_E2E_DATA: data } };
}

/** By its mark the test run knows, after a Ctrl-C, that services are still being stopped. */
const mark =
  process.env.SOFI_TEST_RUN === undefined ? undefined : join(process.env.SOFI_TEST_RUN, `${process.pid}.keeper`);
let stopping = false;
async function stop(): Promise<void> {
  if (stopping) return;
  stopping = true;
  for (const stopOne of stops.reverse()) await stopOne().catch((error: unknown) => say(String(error)));
  await rm(folder, { recursive: true, force: true });
  if (mark !== undefined) await rm(mark, { force: true });
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => void stop());

const answer = (message: KeeperMessage): void => void process.send?.(message);
try {
  if (mark !== undefined) await writeFile(mark, '');
  const kept =
    kind === 'parts' ? await Promise.all([keepDatabase(), keepTemporal()]) : [await keepPlatform(kind === 'platform')];
  answer({ env: Object.assign({}, ...kept.map(({ env }) => env)) });
  setInterval(() => undefined, 60_000);
} catch (error) {
  answer({
    fault:
      error instanceof Error
        ? `${error.message}\n${error.cause instanceof Error ? error.cause.message : ''}`
        : String(error),
  });
  await stop();
}
