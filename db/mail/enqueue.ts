import { sql as raw } from 'kysely';
import { addDays } from '../../domain/model/calendar.ts';
import { MAIL_KINDS, MAILS, type MailKind } from '../../domain/model/mail.ts';
import { instantOf, parisDayOf } from '../../domain/model/paris-time.ts';
import { json, type Sql } from '../connect.ts';
import type { MailPayload } from '../entities/mail.entity.ts';

/** A person with an account, or a contact known by address only; the address of an account is that account. */
export type MailTo = { readonly userId: string } | { readonly adresse: string };

export interface NewMail {
  readonly kind: MailKind;
  /** What happened; with the kind and the person it is the mail's key. A digest's event is its Paris day. */
  readonly evenement: string;
  readonly to: MailTo;
  readonly organismeId?: string | null;
  readonly ficheId?: string | null;
  readonly soumissionId?: string | null;
  /** Ids, statuses and instants only. */
  readonly payload?: MailPayload;
  /** When it may leave at the earliest, in ms. */
  readonly pasAvant: number;
  /** Until when the link in it answers, in ms; absent for mails without. */
  readonly lienExpireLe?: number;
}

/** What became of a mail to leave: its row, null when none was written, by the person's own wish or as told already. */
export interface Left {
  readonly id: string | null;
  /** The person wants none of this kind, is no longer active, or has no address (the operator's account). */
  readonly unwanted: boolean;
}

/** Paris hour at which the daily digests leave. */
const DIGEST_HOUR = 8;

/** The first instant after `at` at which daily digests leave. */
export function nextDigest(at: number): number {
  const day = parisDayOf(at);
  const today = instantOf(day, DIGEST_HOUR);
  return today > at ? today : instantOf(addDays(day, 1), DIGEST_HOUR);
}

/** A freshness mail is a digest by itself; the others of a person who wants one mail a day wait for it. */
const GATHERED = MAIL_KINDS.filter((kind) => kind !== 'fraicheur' && MAILS[kind].chosen);
const STOPPABLE = MAIL_KINDS.filter((kind) => MAILS[kind].mayStop);
const DEFAULT_MODES = Object.fromEntries(MAIL_KINDS.map((kind) => [kind, MAILS[kind].mode]));

const given = (mails: readonly NewMail[]) =>
  json(
    mails.map((mail, rang) => ({
      rang,
      kind: mail.kind,
      evenement: mail.evenement,
      user_id: 'userId' in mail.to ? mail.to.userId : null,
      adresse: 'adresse' in mail.to ? mail.to.adresse.trim().toLowerCase() : null,
      organisme_id: mail.organismeId ?? null,
      fiche_id: mail.ficheId ?? null,
      soumission_id: mail.soumissionId ?? null,
      payload: mail.payload ?? {},
      pas_avant: new Date(mail.pasAvant).toISOString(),
      digest: new Date(nextDigest(mail.pasAvant)).toISOString(),
      lien_expire_le: mail.lienExpireLe === undefined ? null : new Date(mail.lienExpireLe).toISOString(),
    })),
  );

/** Two kinds of the same key: told once, or added to the mail that still waits. */
const ON_CONFLICT = {
  once: raw`do nothing`,
  adds: raw`do update set pas_avant = greatest(courriel.pas_avant, excluded.pas_avant),
      lien_expire_le = greatest(courriel.lien_expire_le, excluded.lien_expire_le),
      payload = courriel.payload || excluded.payload || jsonb_build_object('items',
        coalesce(courriel.payload -> 'items', '[]') || coalesce(excluded.payload -> 'items', '[]'))
    where courriel.state = 'attente'`,
} as const;

async function insert(sql: Sql, mails: readonly NewMail[], conflict: keyof typeof ON_CONFLICT): Promise<Left[]> {
  if (mails.length === 0) return [];
  const { rows } = await raw<Left & { readonly rang: number }>`
    with given as (
      select * from jsonb_to_recordset(${given(mails)}) as x(rang int, kind text, evenement text, user_id uuid, adresse text,
        organisme_id uuid, fiche_id uuid, soumission_id uuid, payload jsonb, pas_avant timestamptz, digest timestamptz,
        lien_expire_le timestamptz)
    ), known as (
      select g.*, coalesce(u.id, a.id) as person, coalesce(u.id, a.id)::text as person_text,
        case when u.id is null and a.id is null then g.user_id is null
          else coalesce(u.actif and u.email like '%@%', a.actif) end as actif, coalesce(u.langue, a.langue, 'fr') as langue
      from given g left join user_account u on u.id = g.user_id left join user_account a on lower(a.email) = g.adresse
    ), resolved as (
      select k.*, coalesce(person_text, adresse) as destinataire,
        k.kind || ':' || k.evenement || ':' || coalesce(person_text, adresse) as cle,
        coalesce(p.mode, ${json(DEFAULT_MODES)} ->> k.kind) as wish
      from known k left join courriel_preference p
        on p.destinataire = coalesce(person_text, adresse) and p.kind = k.kind
    ), wanted as (
      select *, case when wish = 'quotidien' and kind = any (${[...GATHERED]}) then 'quotidien' else 'immediat' end as mode
      from resolved where actif and not (wish = 'aucun' and kind = any (${[...STOPPABLE]}))
    ), kept as (
      select distinct on (cle) w.*, case when payload ? 'items' then payload || jsonb_build_object('items',
          (select jsonb_agg(item order by o.rang) from wanted o, jsonb_array_elements(o.payload -> 'items') item where o.cle = w.cle))
        else payload end as whole
      from wanted w order by cle, rang
    ), written as (
      insert into courriel (cle, kind, mode, destinataire, user_id, adresse, langue, organisme_id, fiche_id, soumission_id,
        payload, pas_avant, lien_expire_le)
      select cle, kind, mode, destinataire, person, case when person is null then adresse end, langue, organisme_id,
        fiche_id, soumission_id, whole, case mode when 'quotidien' then digest else pas_avant end, lien_expire_le
      from kept on conflict (cle) ${ON_CONFLICT[conflict]} returning id, cle
    )
    select r.rang, written.id, (w.cle is null) as unwanted
    from resolved r left join wanted w on w.rang = r.rang left join written on written.cle = r.cle
    order by r.rang`.execute(sql);
  return rows.map(({ id, unwanted }) => ({ id, unwanted }));
}

/**
 * Leaves mails in the caller's transaction, set-based; answers what became of each, in order. The same (kind, event,
 * person) is told once; a kind that adds puts its items into the mail that still waits. Preferences decide whether one
 * is left at all, and whether at once or with the day's digest.
 */
export async function enqueueMails(sql: Sql, mails: readonly NewMail[]): Promise<Left[]> {
  const adds = mails.filter(({ kind }) => MAILS[kind].adds);
  const once = mails.filter(({ kind }) => !MAILS[kind].adds);
  const left = new Map<NewMail, Left>();
  for (const [part, conflict] of [[adds, 'adds'] as const, [once, 'once'] as const]) {
    const answers = await insert(sql, part, conflict);
    for (const [index, mail] of part.entries()) left.set(mail, answers[index] ?? { id: null, unwanted: false });
  }
  return mails.map((mail) => left.get(mail) ?? { id: null, unwanted: false });
}
