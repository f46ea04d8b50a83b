import { join } from 'node:path';
import { makeCrossable } from '../services/folders.ts';
import { freePort } from '../services/ports.ts';
import { startPostgres } from '../services/postgres.ts';
import { startTemporal, type TemporalPorts } from '../services/temporal.ts';
import { findProgram, type Source } from '../services/temporal-binaries.ts';
import { DEV_SERVER } from '../services/temporal-wheels.ts';
import { requireDatabase, requireTemporal } from './reachable.ts';
import type { Report } from './report.ts';
import type { StartSettings } from './settings.ts';
import { type Part, supervise } from './supervise.ts';

export type OnChange = (event: 'died' | 'back', part: Part) => void;

/** A service of this machine, or the address of somebody else's. */
export interface Embedded {
  readonly address: string;
  /** Temporal's own pages. */
  readonly uiUrl?: string;
  /** Absent when the service is not ours. */
  readonly part?: Part;
}

const REPAIRS = {
  nothing: '',
  stoppedOrphan: 'orphelin arrêté / orphan stopped',
  removedStaleLock: 'verrou périmé ôté / stale lock removed',
};
const SOURCES: Record<Source, string> = {
  path: 'du PATH / from the PATH',
  kept: 'gardé / kept',
  sdk: 'téléchargé / downloaded',
  wheel: 'téléchargé / downloaded',
  go: 'compilé / built',
};

/** Ports are looked for until a server took them; from then on they are the same, as others know them. */
function keptOnce(find: () => Promise<TemporalPorts>) {
  let kept: TemporalPorts | undefined;
  return {
    pick: async () => kept ?? find(),
    keep: ({ port, uiPort }: TemporalPorts) => {
      kept ??= { port, ...(uiPort === undefined ? {} : { uiPort }) };
    },
  };
}

/** PostgreSQL: the one of DATABASE_URL, else ours in the data folder. */
export async function database(settings: StartSettings, report: Report, onChange: OnChange): Promise<Embedded> {
  const { databaseUrl, data } = settings;
  if (databaseUrl !== undefined) {
    await requireDatabase(databaseUrl);
    report.say(`· PostgreSQL : ${new URL(databaseUrl).host} (DATABASE_URL)`);
    return { address: databaseUrl };
  }
  return report.step('PostgreSQL', async (note) => {
    const folder = join(data, 'database');
    const port = await freePort();
    let address = '';
    const part = await supervise(
      'postgres',
      async () => {
        const server = await startPostgres({ folder, port });
        address = server.url;
        if (server.repaired !== 'nothing') note(REPAIRS[server.repaired]);
        return server.process;
      },
      onChange,
    );
    return { address, part };
  });
}

/** Temporal: the server of TEMPORAL_ADDRESS, else a development server with its state in the data folder. */
export async function temporal(settings: StartSettings, report: Report, onChange: OnChange): Promise<Embedded> {
  const { temporalAddress, temporalNamespace: namespace, temporalUiUrl } = settings;
  if (temporalAddress !== undefined) {
    await requireTemporal(temporalAddress);
    report.say(`· Temporal : ${temporalAddress} (TEMPORAL_ADDRESS)`);
    return { address: temporalAddress, ...(temporalUiUrl === undefined ? {} : { uiUrl: temporalUiUrl }) };
  }
  return report.step('Temporal', async (note) => {
    const { path, source } = await findProgram(DEV_SERVER, {
      env: settings.env,
      onStep: (step) => report.say(`  … Temporal : ${step}`),
    });
    note(SOURCES[source]);
    const folder = join(settings.data, 'temporal');
    await makeCrossable(folder);
    const ports = keptOnce(async () => ({ port: await freePort(7233), uiPort: await freePort(8233) }));
    const start = async () => {
      const server = await startTemporal({ program: path, folder, namespace, ports: ports.pick });
      ports.keep(server);
      if (server.setAside !== undefined)
        note(`fichier refusé, mis de côté / refused file put aside: ${server.setAside}`);
      return server.process;
    };
    const part = await supervise('temporal', start, onChange);
    const { port, uiPort } = await ports.pick();
    return { address: `127.0.0.1:${port}`, uiUrl: `http://localhost:${uiPort}`, part };
  });
}
