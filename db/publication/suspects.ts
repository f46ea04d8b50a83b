import { type RawBuilder, sql } from 'kysely';
import type { Person } from '../../domain/model/remove-person.ts';
import type { Sql } from '../connect.ts';
import { FICHE_WORDS } from '../moderation/removed-words.ts';

/** Letters that bear no accent in names; the others may be written with one or without. */
const PLAIN = /[bdfghjkmpqrtvwx0-9]/i;
const ASCII = /[a-z]/i;
const LETTER = /[\p{L}\p{N}]/u;

function letterLike(letter: string): string {
  if (PLAIN.test(letter)) return letter;
  if (ASCII.test(letter)) return '_';
  return LETTER.test(letter) ? '_%' : '%';
}

/** A pattern of `ilike` for a name, whatever its case, accents and gaps. */
const nameLike = (name: string) => `%${Array.from(name.normalize('NFC').trim(), letterLike).join('')}%`;

const addressLike = (text: string) => `%${text.trim().replaceAll(/[\\%_]/g, '\\$&')}%`;

/** Patterns of `ilike`, one of which every text that names the person matches; others may match too. */
function patternsOf({ courriel, nom }: Person): string[] {
  return [...(courriel === undefined ? [] : [addressLike(courriel)]), ...(nom === undefined ? [] : [nameLike(nom)])];
}

/** True of rows one of whose columns may name the person. */
export function mayName(columns: readonly string[], person: Person): RawBuilder<unknown> {
  const patterns = patternsOf(person);
  const each = columns.map((name) => sql`${sql.ref(name)}::text ilike any (${patterns}::text[])`);
  return sql`(${sql.join(each, sql` or `)})`;
}

/** Fiches of which a text kept anywhere may name the person: in their documents, or in what was written about them. */
export async function suspects(tx: Sql, person: Person): Promise<string[]> {
  const words = FICHE_WORDS.map(({ table, texts = [], values = [], of, by }) => {
    const named = mayName(
      [...texts, ...values].map((name) => `w.${name}`),
      person,
    );
    return of === 'fiche'
      ? sql`select ${sql.ref(`w.${by}`)} from ${sql.table(table)} w where ${named}`
      : sql`select s.fiche_id from ${sql.table(table)} w join soumission s on s.id = ${sql.ref(`w.${by}`)} where ${named}`;
  });
  const { rows } = await sql<{ id: string }>`
    select fiche_id as id from fiche_version where ${mayName(['document'], person)}
    union select fiche_id from soumission where ${mayName(['document'], person)}
    union select s.fiche_id from soumission_revision r join soumission s on s.id = r.soumission_id
      where ${mayName(['r.document'], person)}
    union select fiche_id from source_recu where ${mayName(['document'], person)}
    union ${sql.join(words, sql` union `)} order by id`.execute(tx);
  return rows.map(({ id }) => id);
}
