import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { commandOf, endProcess } from '../services/process-identity.ts';

const runFile = z.object({
  /** The API, for programs of this machine. */
  apiUrl: z.string(),
  /** What a person opens, by name. */
  addresses: z.record(z.string(), z.string()),
  databaseUrl: z.string(),
  temporalAddress: z.string(),
  temporalNamespace: z.string(),
  operatorSecret: z.string(),
  embedded: z.object({ postgres: z.boolean(), temporal: z.boolean() }),
  /** The start itself and each of its parts. */
  processes: z.array(z.object({ name: z.string(), pid: z.number(), command: z.string() })),
});

/** `$SOFI_DATA/run.json`: by it the `sofi` verbs find the running platform. It holds secrets: 0600. */
export type RunFile = z.infer<typeof runFile>;

/** Everything of it but the processes, which change when one is started again. */
export type RunFacts = Omit<RunFile, 'processes'>;

function fileOf(data: string): string {
  return join(data, 'run.json');
}

/** The platform last started on this data folder, undefined when none ever was. It may have been killed since. */
export async function readRunFile(data: string): Promise<RunFile | undefined> {
  try {
    return runFile.parse(JSON.parse(await readFile(fileOf(data), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Writes run.json at once, whole. */
export async function writeRunFile(data: string, content: RunFile): Promise<void> {
  const file = fileOf(data);
  await writeFile(`${file}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Stops what a killed start left running, the database apart (it is repaired by itself); gives the names of what it stopped. */
export async function stopOrphans(data: string): Promise<string[]> {
  const stopped: string[] = [];
  for (const { name, pid, command } of (await readRunFile(data))?.processes ?? []) {
    if (name === 'start' || name === 'postgres' || (await commandOf(pid)) !== command) continue;
    await endProcess(pid, 'SIGTERM', 4_000);
    stopped.push(name);
  }
  return stopped;
}
