import { sql as raw } from 'kysely';
import { json, type Sql } from '../connect.ts';

/** The OF acted: freshness mails that still wait no longer name these sessions, and one that names no other never leaves. */
export async function dropFromDigests(sql: Sql, sessionIds: readonly string[]): Promise<void> {
  if (sessionIds.length === 0) return;
  await raw`with gone as (select value from jsonb_array_elements_text(${json([...sessionIds])})),
    left_over as (
      select c.id, coalesce((select jsonb_agg(item) from jsonb_array_elements(c.payload -> 'items') item
        where item ->> 'session' not in (select value from gone)), '[]') as items
      from courriel c where c.state = 'attente' and c.kind = 'fraicheur'
        and exists (select from jsonb_array_elements(c.payload -> 'items') item where item ->> 'session' in (select value from gone))
    )
    update courriel c set payload = c.payload || jsonb_build_object('items', l.items),
      state = case when l.items = '[]' then 'annule' else c.state end
    from left_over l where c.id = l.id and c.state = 'attente'`.execute(sql);
}
