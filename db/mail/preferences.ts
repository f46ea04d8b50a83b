import { MAIL_KINDS, MAILS, type MailKind, type MailMode } from '../../domain/model/mail.ts';
import type { Sql } from '../connect.ts';

/** How a person wants each kind they may choose, their own word or the kind's default. */
export async function readPreferences(sql: Sql, destinataire: string): Promise<ReadonlyMap<MailKind, MailMode>> {
  const rows = await sql
    .selectFrom('courriel_preference')
    .select(['kind', 'mode'])
    .where('destinataire', '=', destinataire)
    .execute();
  const own = new Map(rows.map(({ kind, mode }) => [kind, mode]));
  return new Map(
    MAIL_KINDS.filter((kind) => MAILS[kind].chosen).map((kind) => [kind, own.get(kind) ?? MAILS[kind].mode]),
  );
}

/** What may be said of a kind: a decision about one's own entry has to come, a freshness mail is a day's digest already. */
export function modesOf(kind: MailKind): readonly MailMode[] {
  const { mayStop, chosen } = MAILS[kind];
  if (!chosen) return [];
  const told: readonly MailMode[] = kind === 'fraicheur' ? ['quotidien'] : ['immediat', 'quotidien'];
  return mayStop ? [...told, 'aucun'] : told;
}

/** What a person asks of some kinds; one that a kind does not allow is left out. Nothing that waits is lost by it. */
export async function setPreferences(
  sql: Sql,
  destinataire: string,
  wishes: ReadonlyMap<MailKind, MailMode>,
): Promise<void> {
  const rows = [...wishes]
    .filter(([kind, mode]) => modesOf(kind).includes(mode))
    .map(([kind, mode]) => ({ destinataire, kind, mode, modifie_le: new Date() }));
  if (rows.length === 0) return;
  await sql
    .insertInto('courriel_preference')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['destinataire', 'kind']).doUpdateSet((eb) => ({
        mode: eb.ref('excluded.mode'),
        modifie_le: eb.ref('excluded.modifie_le'),
      })),
    )
    .execute();
}
