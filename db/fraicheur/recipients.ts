import { sql as raw } from 'kysely';
import { json, type Sql } from '../connect.ts';
import type { MailTo } from '../mail/enqueue.ts';

/** Of which sessions somebody is to be told. */
export interface Told {
  readonly session: string;
  readonly formation: string;
  readonly organisme: string;
}

/** The address that a session's own contact gives, of the accepted version; by session. */
async function contactsOf(sql: Sql, told: readonly Told[]): Promise<Map<string, string>> {
  const { rows } = await raw<{ session: string; adresse: string }>`
    select distinct on (x.session) x.session, coalesce(c #>> '{coordonnees,courriel,#}', c #>> '{coordonnees,courriel}') as adresse
    from jsonb_to_recordset(${json(told)}) as x(session uuid, formation uuid)
    join fiche f on f.id = x.formation join fiche_version v on v.fiche_id = f.id and v.n = f.version_n
    cross join lateral jsonb_array_elements(v.document -> 'actions') a
    cross join lateral jsonb_array_elements(a -> 'sessions') s
    cross join lateral jsonb_array_elements(s #> '{champs,contact-session}') with ordinality as e(c, rang)
    where s ->> 'id' = x.session::text
      and coalesce(c #>> '{coordonnees,courriel,#}', c #>> '{coordonnees,courriel}') like '%_@_%'
    order by x.session, rang`.execute(sql);
  return new Map(rows.map(({ session, adresse }) => [session, adresse]));
}

/** The people who enter for organismes; by organisme. */
async function peopleOf(sql: Sql, organismes: readonly string[]): Promise<Map<string, string[]>> {
  const rows = await sql
    .selectFrom('user_organisme')
    .innerJoin('user_account', 'user_account.id', 'user_organisme.user_id')
    .select(['user_organisme.organisme_id', 'user_organisme.user_id'])
    .where('user_account.actif', '=', true)
    .where('user_organisme.organisme_id', 'in', organismes)
    .orderBy('user_organisme.user_id')
    .execute();
  const people = new Map<string, string[]>();
  for (const row of rows) people.set(row.organisme_id, [...(people.get(row.organisme_id) ?? []), row.user_id]);
  return people;
}

/** Who is told of each session: its own contact, else everyone who enters for the organisme (design §8). */
export async function recipientsOf(sql: Sql, told: readonly Told[]): Promise<ReadonlyMap<string, readonly MailTo[]>> {
  if (told.length === 0) return new Map();
  const contacts = await contactsOf(sql, told);
  const people = await peopleOf(sql, [...new Set(told.map(({ organisme }) => organisme))]);
  return new Map(
    told.map(({ session, organisme }): [string, MailTo[]] => {
      const adresse = contacts.get(session);
      if (adresse !== undefined) return [session, [{ adresse }]];
      return [session, (people.get(organisme) ?? []).map((userId) => ({ userId }))];
    }),
  );
}
