import { sql as raw } from 'kysely';
import type { Sql } from '../connect.ts';

/** Mails are kept so many days, for the answer to "did you tell us?"; their keys are no longer needed then. */
const KEPT_DAYS = 400;

/** The address of a removed person leaves every mail, wish and task; what waited for it is never sent. */
export async function forgetAddress(sql: Sql, address: string): Promise<void> {
  const destinataire = address.trim().toLowerCase();
  await raw`update courriel set adresse = null, destinataire = 'efface', cle = 'efface:' || id,
      state = case when state in ('attente', 'enCours') then 'annule' else state end
    where destinataire = ${destinataire}`.execute(sql);
  await sql.deleteFrom('courriel_preference').where('destinataire', '=', destinataire).execute();
  await sql.deleteFrom('courriel_retour').where('destinataire', '=', destinataire).execute();
  await sql.deleteFrom('courriel_capture').where(raw<boolean>`lower(vers) = ${destinataire}`).execute();
}

/** Deletes mails that are over and old. */
export async function purgeMails(sql: Sql, at: number): Promise<void> {
  await raw`delete from courriel where state not in ('attente', 'enCours')
    and created_at < ${new Date(at)}::timestamptz - make_interval(days => ${KEPT_DAYS})`.execute(sql);
}
