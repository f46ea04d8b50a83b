import { type RawBuilder, sql as raw } from 'kysely';
import { addDays } from '../domain/model/calendar.ts';
import type { ParisDay } from '../domain/model/ids.ts';
import { parisDayOf } from '../domain/model/paris-time.ts';
import { json, type Sql } from './connect.ts';

/** Days by which the demo's business clock is ahead of the real one; 0 outside the demo. */
export async function daysAhead(sql: Sql): Promise<number> {
  const { rows } = await raw<{
    jours: number;
  }>`select (valeur ->> 'jours')::int as jours from reglage where cle = 'horloge'`.execute(sql);
  return rows[0]?.jours ?? 0;
}

/** The Paris day of the business clock at a real instant, in ms. */
export async function businessDay(sql: Sql, at: number): Promise<ParisDay> {
  return addDays(parisDayOf(at), await daysAhead(sql));
}

/** The same inside a statement. */
export const businessDayAt = (at: number): RawBuilder<string> =>
  raw<string>`((${new Date(at)}::timestamptz at time zone 'Europe/Paris')::date
    + coalesce((select (valeur ->> 'jours')::int from reglage where cle = 'horloge'), 0))::text`;

/** The Paris day of the business clock as a statement begins. */
export const businessDayNow: RawBuilder<string> = raw<string>`((now() at time zone 'Europe/Paris')::date
  + coalesce((select (valeur ->> 'jours')::int from reglage where cle = 'horloge'), 0))::text`;

/** Moves the business clock; only the demo does. */
export async function setDaysAhead(sql: Sql, jours: number): Promise<void> {
  await raw`insert into reglage (cle, valeur) values ('horloge', ${json<unknown>({ jours })})
    on conflict (cle) do update set valeur = excluded.valeur`.execute(sql);
}
