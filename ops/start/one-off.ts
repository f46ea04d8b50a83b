import { access, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { bilingual, StartFault } from '../services/faults.ts';
import { root } from '../services/folders.ts';
import { runToEnd } from '../services/processes.ts';
import type { Report } from './report.ts';

/** Runs a program of this folder to its end; gives the lines it printed. */
async function runProgram(file: string, env: NodeJS.ProcessEnv): Promise<string[]> {
  const args = ['--disable-warning=ExperimentalWarning', `ops/start/${file}`];
  const output = await runToEnd({ name: file, command: process.execPath, args, cwd: root, env });
  return output.split('\n').filter((line) => line !== '');
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Brings the database to the newest schema. */
export function migrateDatabase(report: Report, env: NodeJS.ProcessEnv): Promise<void> {
  return report.step('Schéma de la base / database schema', async (note) => {
    const ran = await runProgram('migrate.ts', env).catch((error: unknown) => {
      const said = messageOf(error).split('\n');
      const line = said.find((text) => /^\w*(Error|Exception):/.test(text)) ?? said[0];
      throw new StartFault(
        bilingual(
          `Le schéma de la base n'a pas pu être posé : ${line}`,
          `The database schema could not be laid: ${line}`,
        ),
      );
    });
    if (ran.length > 0) note(`${ran.length} migrations`);
  });
}

/** Where this file is, the demo data are in already. */
export const DEMO_LOADED = 'demo-loaded';

/** Loads the demo data once per data folder; a failure is told and leaves the platform running. */
export async function loadDemoOnce(report: Report, data: string, env: NodeJS.ProcessEnv): Promise<void> {
  const marker = join(data, DEMO_LOADED);
  const loaded = await access(marker).then(
    () => true,
    () => false,
  );
  if (loaded) return;
  try {
    await report.step('Données de démonstration / demo data', () => runProgram('load-demo.ts', env));
    await writeFile(marker, '');
  } catch (error) {
    report.say(`! Données de démonstration / demo data: ${messageOf(error)}`);
  }
}
