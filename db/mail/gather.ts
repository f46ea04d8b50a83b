import { sql as raw } from 'kysely';
import { MAIL_KINDS, MAILS } from '../../domain/model/mail.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import { json, type Sql } from '../connect.ts';
import { nextDigest } from './enqueue.ts';

/** From so many mails due to one person at once on, they leave as one. */
const BURST = 4;
const SINGLE = MAIL_KINDS.filter((kind) => MAILS[kind].chosen && !MAILS[kind].adds);

interface Bundle {
  readonly destinataire: string;
  readonly ids: readonly string[];
}

/** Several mails become the items of one; the key's row that exists already has left, and they wait for the next day's. */
async function bundle(sql: Sql, at: number, evenementOf: (bundle: Bundle) => string, bundles: readonly Bundle[]) {
  if (bundles.length === 0) return;
  const given = json(bundles.map((one) => ({ ...one, evenement: evenementOf(one) })));
  await raw`with given as (
      select * from jsonb_to_recordset(${given}) as x(destinataire text, ids jsonb, evenement text)
    ), members as (
      select g.destinataire, g.evenement, c.id, c.kind, c.user_id, c.adresse, c.langue
      from given g join courriel c on c.id in (select value::uuid from jsonb_array_elements_text(g.ids))
    ), digest as (
      insert into courriel (cle, kind, destinataire, user_id, adresse, langue, payload, pas_avant)
      select 'recapitulatif:' || evenement || ':' || destinataire, 'recapitulatif', destinataire,
        (array_agg(user_id))[1], min(adresse), min(langue),
        jsonb_build_object('kinds', jsonb_agg(distinct kind), 'items', jsonb_agg(jsonb_build_object('courriel', id) order by id)),
        ${new Date(at)}
      from members group by destinataire, evenement on conflict (cle) do nothing returning id, destinataire
    )
    update courriel c set state = case when d.id is null then 'attente' else 'groupe' end, groupe_id = d.id,
      pas_avant = case when d.id is null then ${new Date(nextDigest(at))} else c.pas_avant end
    from members m left join digest d on d.destinataire = m.destinataire where c.id = m.id`.execute(sql);
}

/** One alone is a mail like any other: a digest of one thing would only hide it. */
async function bundlesOf(sql: Sql, at: number, mode: 'quotidien' | 'immediat', least: number): Promise<Bundle[]> {
  const kinds = mode === 'quotidien' ? [...MAIL_KINDS] : SINGLE;
  const { rows } = await raw<Bundle>`
    select destinataire, jsonb_agg(id order by id) as ids from courriel
    where state = 'attente' and pas_avant <= ${new Date(at)} and mode = ${mode} and kind = any (${kinds}) and essais = 0
    group by destinataire having count(*) >= ${least}`.execute(sql);
  return rows;
}

/** Puts together, before a page of sending, the day's digests and what would be a burst of mails to one person. */
export async function gatherMails(sql: Sql, at: number): Promise<void> {
  const daily = await bundlesOf(sql, at, 'quotidien', 2);
  await bundle(sql, at, () => parisDayOf(at), daily);
  const bursts = await bundlesOf(sql, at, 'immediat', BURST);
  await bundle(sql, at, ({ ids }) => ids[0] ?? '', bursts);
}
