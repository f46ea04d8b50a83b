import { readFile, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Command } from 'commander';
import { z } from 'zod';
import { dataFolder, makeCrossable } from '../services/folders.ts';
import { databaseUser } from '../services/postgres-user.ts';
import { lockData } from '../start/data-lock.ts';
import { copyFolder, listFiles, requireCluster, requireStopped } from './cold-copy.ts';
import { showCopying } from './copy-progress.ts';
import { Refused } from './verb-end.ts';

const manifestOf = z.object({ madeAt: z.string(), postgres: z.string(), files: z.number(), bytes: z.number() });

/** `sofi restore DIR`: puts a copy made by `sofi backup` in the place of the embedded database. */
export function register(program: Command): void {
  program
    .command('restore')
    .description('remet une copie faite par « sofi backup », la plateforme arrêtée ; l’ancienne base est gardée à côté')
    .argument('<DIR>')
    .option('--json', 'le constat en JSON')
    .action(async (dir: string, { json }: { json?: boolean }) => {
      const done = await restoreFrom(dataFolder(), resolve(dir));
      const kept = done.kept === null ? '' : `\nL’ancienne base est gardée dans ${done.kept}.`;
      const said = `Base du ${done.madeAt} remise en place.${kept}\nAu prochain départ, les procédures reprennent depuis elle ; « sofi doctor » dit ce qu’elle ne contient plus.`;
      process.stdout.write(json === true ? `${JSON.stringify(done)}\n` : `${said}\n`);
    });
}

async function readManifest(dir: string): Promise<z.infer<typeof manifestOf>> {
  const text = await readFile(join(dir, 'backup.json'), 'utf8').catch(() => undefined);
  if (text === undefined) throw new Refused(`${dir} n’est pas une copie entière : il n’y a pas de backup.json.`);
  const manifest = manifestOf.parse(JSON.parse(text));
  const files = (await listFiles(join(dir, 'database'))).filter(({ folder }) => !folder);
  const bytes = files.reduce((sum, { size }) => sum + size, 0);
  if (files.length === manifest.files && bytes === manifest.bytes) return manifest;
  throw new Refused(
    `${dir} est abîmé : ${files.length} fichiers et ${bytes} octets, pas ${manifest.files} et ${manifest.bytes}.`,
  );
}

/** Puts a copy in place at once, whole; the former database stays beside it. Refuses while the platform runs. */
export async function restoreFrom(data: string, dir: string) {
  await requireCluster(join(dir, 'database'));
  const manifest = await readManifest(dir);
  await makeCrossable(data);
  const release = await lockData(data);
  try {
    await requireStopped(data);
    const [database, made] = [join(data, 'database'), join(data, 'database.new')];
    await rm(made, { recursive: true, force: true });
    const owner = await databaseUser();
    await copyFolder(join(dir, 'database'), made, {
      ...(owner === undefined ? {} : { owner }),
      onProgress: showCopying('Remise en place'),
    });
    await makeCrossable(made);
    const kept = join(data, `database.avant-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`);
    const had = await rename(database, kept).then(
      () => true,
      () => false,
    );
    await rename(made, database);
    return { dir, ...manifest, kept: had ? kept : null };
  } finally {
    await release();
  }
}
