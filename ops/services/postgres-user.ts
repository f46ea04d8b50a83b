import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { bilingual, StartFault } from './faults.ts';
import { isRoot } from './folders.ts';

const run = promisify(execFile);

export interface SystemUser {
  readonly uid: number;
  readonly gid: number;
}

async function findUser(): Promise<SystemUser | undefined> {
  try {
    const [uid, gid] = await Promise.all([run('id', ['-u', 'postgres']), run('id', ['-g', 'postgres'])]);
    return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
  } catch {
    return undefined;
  }
}

/** The user that runs the database: ourselves (undefined), or `postgres`, made if absent, as PostgreSQL refuses the root user. */
export async function databaseUser(): Promise<SystemUser | undefined> {
  if (!isRoot()) return undefined;
  const known = await findUser();
  if (known !== undefined) return known;
  await run('useradd', ['--system', '--user-group', '--no-create-home', 'postgres'])
    .catch(() => run('adduser', ['-S', '-D', '-H', 'postgres']))
    .catch(() => undefined);
  const made = await findUser();
  if (made !== undefined) return made;
  throw new StartFault(
    bilingual(
      "PostgreSQL refuse l'utilisateur root et l'utilisateur « postgres » n'a pas pu être créé : lancez SOFI sans root.",
      'PostgreSQL refuses the root user and the user "postgres" could not be made: run SOFI as another user.',
    ),
  );
}
