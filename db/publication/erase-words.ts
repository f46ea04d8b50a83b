import { sql } from 'kysely';
import { type Person, removerOfPerson } from '../../domain/model/remove-person.ts';
import type { Sql } from '../connect.ts';
import { ERASER_ROLE, WORKER_ROLE } from '../entities/roles.ts';
import { eraseWordsIn, type WordsTable } from '../moderation/removed-words.ts';
import { mayName } from './suspects.ts';

/** Where people's words are kept that belong to no fiche, or to many. */
const LOOSE_WORDS: readonly WordsTable[] = [
  { table: 'lot', key: ['id'], texts: ['motif'], values: ['champs'] },
  { table: 'lot_item', key: ['lot_id', 'rang'], values: ['details'] },
  { table: 'voie', key: ['id'], values: ['libelle'] },
  { table: 'release', key: ['n'], values: ['paused', 'forced', 'hold_lifted'] },
  { table: 'urgence', key: ['id'], texts: ['motif'] },
  { table: 'import', key: ['id'], texts: ['nom'], values: ['error'] },
  { table: 'import_line', key: ['import_id', 'rang'], values: ['values'] },
  { table: 'idempotency_key', key: ['user_id', 'route', 'key'], values: ['answer'] },
];

/** Append-only by right, but to the role that removes persons. */
const RULE_REASONS: WordsTable = { table: 'regle_reglage', key: ['regle', 'version'], texts: ['raison'] };

const columnsOf = ({ texts = [], values = [] }: WordsTable) => [...texts, ...values];

/**
 * Takes a person out of words that belong to no fiche: of lots, rules, releases and imports, and the answers that are kept
 * for repeated requests. The demo's mailbox is emptied: its mails are encoded.
 */
export async function eraseLooseWords(tx: Sql, person: Person): Promise<void> {
  const remover = removerOfPerson(person);
  for (const table of LOOSE_WORDS) {
    await eraseWordsIn(tx, table, mayName(columnsOf(table), person), remover);
  }
  await sql`set local role ${sql.id(ERASER_ROLE)}`.execute(tx);
  await eraseWordsIn(tx, RULE_REASONS, mayName(columnsOf(RULE_REASONS), person), remover);
  await sql`set local role ${sql.id(WORKER_ROLE)}`.execute(tx);
  await tx.deleteFrom('courriel_capture').execute();
}
