import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { dataFolder } from '../services/folders.ts';
import { lockData } from '../start/data-lock.ts';
import { copyFolder, requireCluster, requireStopped } from './cold-copy.ts';
import { showCopying } from './copy-progress.ts';
import { Refused } from './verb-end.ts';

/** `sofi backup --out DIR`: a cold copy of the stopped embedded database. */
export function register(program: Command): void {
  program
    .command('backup')
    .description('copie à froid de la base embarquée, la plateforme arrêtée')
    .requiredOption('--out <DIR>', 'dossier à créer')
    .option('--json', 'le constat en JSON')
    .action(async ({ out, json }: { out: string; json?: boolean }) => {
      const done = await backUp(dataFolder(), resolve(out));
      const megabytes = (done.bytes / 1e6).toFixed(0);
      process.stdout.write(
        json === true
          ? `${JSON.stringify(done)}\n`
          : `${done.files} fichiers, ${megabytes} Mo copiés dans ${done.dir}\n`,
      );
    });
}

/** Copies the database of a data folder; refuses while it runs and into a folder that holds something. */
export async function backUp(data: string, dir: string) {
  const database = join(data, 'database');
  const postgres = await requireCluster(database);
  const release = await lockData(data);
  try {
    await requireStopped(data);
    if ((await readdir(dir).catch(() => [])).length > 0) throw new Refused(`${dir} n’est pas vide.`);
    await mkdir(dir, { recursive: true, mode: 0o700 });
    const figures = await copyFolder(database, join(dir, 'database'), { onProgress: showCopying('Copie') });
    const manifest = { madeAt: new Date().toISOString(), postgres, ...figures };
    // Written last: a copy without it was cut short.
    await writeFile(join(dir, 'backup.json'), `${JSON.stringify(manifest)}\n`, { mode: 0o600 });
    return { dir, ...manifest };
  } finally {
    await release();
  }
}
