import { type Database, openDatabase } from '../../db/connect.ts';
import { dataFolder } from '../services/folders.ts';
import { type RunFile, readRunFile } from '../start/run-file.ts';

/** What is known of the platform started on the data folder; undefined when none was. */
export const startedPlatform = (): Promise<RunFile | undefined> => readRunFile(dataFolder());

/** Opens the platform's database: DATABASE_URL, else that of run.json; throws when neither is there. */
export async function openPlatformDatabase(): Promise<Database> {
  const url = process.env.DATABASE_URL ?? (await startedPlatform())?.databaseUrl;
  if (url === undefined) {
    throw new Error('Aucune base : lancez npm start, ou donnez DATABASE_URL.');
  }
  return openDatabase({ url, poolMax: 2, name: 'sofi-verb', statementTimeoutMs: 60_000 });
}
