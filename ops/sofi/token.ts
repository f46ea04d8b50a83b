import { type Command, InvalidArgumentError } from 'commander';
import { createToken } from '../../db/tokens.ts';
import { openPlatformDatabase } from './database-door.ts';
import { Refused } from './verb-end.ts';

const DEFAULT_DAYS = 90;
const MAX_DAYS = 365;

interface Options {
  readonly user: string;
  readonly days: number;
  readonly json?: boolean;
}

/** `sofi token …`: personal access tokens, straight in the database. */
export function register(program: Command): void {
  program
    .command('token')
    .description("jetons d'accès personnels")
    .command('create')
    .description("écrit un jeton d'accès ; il n'est montré que cette fois")
    .requiredOption('--user <EMAIL>', 'son titulaire')
    .option('--days <N>', `sa durée en jours, ${MAX_DAYS} au plus`, daysOf, DEFAULT_DAYS)
    .option('--json', 'le jeton et son échéance en JSON')
    .action(create);
}

function daysOf(text: string): number {
  const days = Number(text);
  if (!Number.isInteger(days) || days < 1 || days > MAX_DAYS) throw new InvalidArgumentError(`de 1 à ${MAX_DAYS}.`);
  return days;
}

async function create({ user, days, json }: Options): Promise<void> {
  const db = await openPlatformDatabase();
  try {
    const made = await db.asWorker(async (sql) => {
      const person = await sql
        .selectFrom('user_account')
        .select('id')
        .where('email', '=', user.toLowerCase())
        .where('actif', '=', true)
        .executeTakeFirst();
      if (person === undefined) throw new Refused(`Aucun compte actif « ${user} ».`);
      return createToken(sql, { userId: person.id, label: 'sofi token create', days });
    });
    const expiresAt = new Date(made.row.expires_at).toISOString();
    process.stdout.write(
      json === true ? `${JSON.stringify({ token: made.token, user, expiresAt })}\n` : `${made.token}\n`,
    );
  } finally {
    await db.close();
  }
}
