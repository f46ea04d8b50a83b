import type { Command } from 'commander';
import type { JournalFault, JournalFaultKind } from '../../db/journal/chain-faults.ts';
import { type Verified, verifyJournal } from '../../db/journal/verify.ts';
import { openPlatformDatabase } from './database-door.ts';
import { Refused } from './verb-end.ts';

const WORDS: Readonly<Record<JournalFaultKind, string>> = {
  changed: 'ligne changée',
  removed: 'ligne retirée',
  inserted: 'ligne ajoutée',
  head: 'tête de chaîne fausse',
  seal: 'sceau faux',
};
/** Lines written at most; the count says the rest. */
const SHOWN = 100;

/** `sofi journal …`: what proves that nobody rewrote the journal. */
export function register(program: Command): void {
  program
    .command('journal')
    .description('le journal des fiches')
    .command('verify')
    .description('relit toutes les chaînes du journal et leurs sceaux ; nomme toute ligne changée, retirée ou ajoutée')
    .option('--json', 'le résultat en JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const verified = await verify(json === true);
      const { fiches, rows, seals, faults } = verified;
      if (json === true) process.stdout.write(`${JSON.stringify(verified)}\n`);
      else {
        for (const fault of faults.slice(0, SHOWN)) process.stdout.write(`${wordsOf(fault)}\n`);
        if (faults.length === 0) {
          process.stdout.write(`Journal conforme : ${rows} lignes, ${fiches} fiches, ${seals} sceaux\n`);
        }
      }
      if (faults.length > 0) throw new Refused(`${faults.length} écart(s) dans le journal`);
    });
}

async function verify(quiet: boolean): Promise<Verified> {
  const db = await openPlatformDatabase();
  const bar = !quiet && process.stderr.isTTY;
  try {
    return await verifyJournal(db, ({ fiches, rows }) => {
      if (bar) process.stderr.write(`\r${fiches} fiches, ${rows} lignes relues`);
    });
  } finally {
    if (bar) process.stderr.write('\r\x1b[K');
    await db.close();
  }
}

function wordsOf({ kind, fiche, n }: JournalFault): string {
  return fiche === null ? `${WORDS[kind]} : n° ${n}` : `${WORDS[kind]} : fiche ${fiche}, ligne ${n}`;
}
