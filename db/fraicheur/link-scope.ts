import { sql as raw } from 'kysely';
import type { AnswerKind } from '../../domain/model/fraicheur/answers.ts';
import type { UserId } from '../../domain/model/ids.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { Sql } from '../connect.ts';
import { businessDay } from '../horloge.ts';
import type { LinkedMail } from '../mail/links.ts';
import { type AskedSession, askedSessions } from './asked.ts';

/** The last answer about a session since a mail asked. */
export interface LastAnswer {
  readonly session: string;
  readonly reponse: AnswerKind;
  /** Paris day of the business clock. */
  readonly jour: string;
  /** By this very mail. */
  readonly own: boolean;
}

/** What the link of a mail may speak of. */
export interface LinkScope {
  /** Place of each session in the mail, by id: a form names sessions by it. */
  readonly places: ReadonlyMap<string, number>;
  readonly sessions: readonly AskedSession[];
  readonly answered: ReadonlyMap<string, LastAnswer>;
}

/** The sessions of a mail, each once, in the order in which it names them. */
function sessionsOf({ payload }: LinkedMail): string[] {
  return [...new Set((payload.items ?? []).map(({ session }) => session).filter((id) => typeof id === 'string'))];
}

/** A person who no longer enters for an organisme no longer answers for it; a contact answers for what was asked. */
async function stillTheirs(sql: Sql, mail: LinkedMail, sessions: readonly AskedSession[]): Promise<AskedSession[]> {
  if (mail.user_id === null) return [...sessions];
  const rows = await sql
    .selectFrom('user_organisme')
    .innerJoin('user_account', 'user_account.id', 'user_organisme.user_id')
    .select('organisme_id')
    .where('user_id', '=', mail.user_id)
    .where('user_account.actif', '=', true)
    .execute();
  const own = new Set(rows.map(({ organisme_id }) => organisme_id));
  return sessions.filter(({ organisme }) => own.has(organisme));
}

/** What a mail's link may speak of at an instant, in ms, and what was answered since. */
export async function linkScope(sql: Sql, mail: LinkedMail, at: number): Promise<LinkScope> {
  const ids = sessionsOf(mail);
  const sessions = await stillTheirs(sql, mail, await askedSessions(sql, ids, await businessDay(sql, at)));
  const { rows } = await raw<LastAnswer>`select distinct on (session_id) session_id as session, reponse, jour,
      courriel_id is not distinct from ${mail.id}::uuid as own
    from fraicheur_reponse where session_id = any (${ids}::uuid[])
      and (courriel_id = ${mail.id}::uuid or at > ${mail.sent_at}::timestamptz)
    order by session_id, at desc`.execute(sql);
  return {
    places: new Map(ids.map((id, place) => [id, place])),
    sessions,
    answered: new Map(rows.map((row) => [row.session, row])),
  };
}

const LINK_ACCOUNT = 'courriel';

/** For whom a link acts: its person, else the account that stands for contacts who have none. */
export async function linkActor(sql: Sql, mail: LinkedMail): Promise<Actor> {
  if (mail.user_id !== null) return { userId: mail.user_id as UserId, role: 'of' };
  await sql
    .insertInto('user_account')
    .values({ email: LINK_ACCOUNT, nom: 'Réponse par courriel', role: 'of', langue: 'fr', actif: false })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .execute();
  const { id } = await sql
    .selectFrom('user_account')
    .select('id')
    .where('email', '=', LINK_ACCOUNT)
    .executeTakeFirstOrThrow();
  return { userId: id as UserId, role: 'of' };
}
