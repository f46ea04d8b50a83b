import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bilingual, codeOf, StartFault } from '../services/faults.ts';
import { commandOf } from '../services/process-identity.ts';

interface Holder {
  readonly pid: number;
  readonly command: string;
}

async function holderOf(file: string): Promise<Holder | undefined> {
  try {
    const { pid, command } = JSON.parse(await readFile(file, 'utf8'));
    return typeof pid === 'number' && typeof command === 'string' ? { pid, command } : undefined;
  } catch {
    return undefined;
  }
}

async function isHeld(file: string): Promise<Holder | undefined> {
  const holder = await holderOf(file);
  return holder !== undefined && holder.pid !== process.pid && (await commandOf(holder.pid)) === holder.command
    ? holder
    : undefined;
}

/**
 * Takes a data folder for this process and gives what releases it. A lock left by a killed process is taken over; one that
 * is held makes a StartFault: two platforms on one folder would destroy each other's data.
 */
export async function lockData(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'start.lock');
  const mine = JSON.stringify({ pid: process.pid, command: (await commandOf(process.pid)) ?? '' });
  for (let attempt = 0; attempt < 3; attempt += 1) {
    try {
      await writeFile(file, mine, { flag: 'wx', mode: 0o600 });
      return () => rm(file, { force: true });
    } catch (error) {
      if (codeOf(error) !== 'EEXIST') throw error;
    }
    const holder = await isHeld(file);
    if (holder !== undefined) {
      throw new StartFault(
        bilingual(
          `SOFI tourne déjà sur ${folder} (processus ${holder.pid}). Arrêtez-le ou choisissez un autre dossier avec SOFI_DATA.`,
          `SOFI already runs on ${folder} (process ${holder.pid}). Stop it or choose another folder with SOFI_DATA.`,
        ),
      );
    }
    const aside = `${file}.${process.pid}`;
    await rename(file, aside).catch(() => undefined);
    if ((await isHeld(aside)) === undefined) await rm(aside, { force: true });
    else await rename(aside, file);
  }
  throw new StartFault(bilingual(`Impossible de verrouiller ${folder}.`, `Cannot lock ${folder}.`));
}
