import { readdir } from 'node:fs/promises';
import { Command, CommanderError } from 'commander';
import { endOf } from './verb-end.ts';

interface Verb {
  register(program: Command): void;
}

/** A verb is a file named by one word; files whose name has a hyphen are its parts. */
async function verbs(): Promise<Verb[]> {
  const files = (await readdir(new URL('.', import.meta.url))).filter((name) => /^[a-z]+\.ts$/.test(name));
  const names = files.filter((name) => name !== 'main.ts').toSorted();
  return Promise.all(names.map((name) => import(`./${name}`) as Promise<Verb>));
}

/** Runs one verb: 0 done, 1 refused with reasons, 2 could not run (interface.md §1). */
async function run(args: readonly string[]): Promise<number> {
  const program = new Command('sofi').description("L'outil de l'exploitant").exitOverride();
  program.configureHelp({ showGlobalOptions: true });
  for (const verb of await verbs()) verb.register(program);
  try {
    await program.parseAsync(args, { from: 'user' });
    return Number(process.exitCode ?? 0);
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    const { exitCode, message } = endOf(error);
    process.stderr.write(`${message}\n`);
    return exitCode;
  }
}

/** Whoever reads the output may stop early, as `head` does. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit();
});
process.exitCode = await run(process.argv.slice(2));
