import { sql as raw } from 'kysely';
import { type MailKind, UNDO_WAIT_MS } from '../../domain/model/mail.ts';
import type { Sql } from '../connect.ts';
import type { MailPayload } from '../entities/mail.entity.ts';
import { enqueueMails, type NewMail } from './enqueue.ts';

/** Something that happened to one soumission. */
export interface Happened {
  readonly soumissionId: string;
  readonly ficheId: string;
  readonly organismeId: string;
  /** What tells it from what else happens to the same soumission. */
  readonly evenement: string;
  readonly payload?: MailPayload;
}

export interface Telling {
  readonly kind: MailKind;
  /** Who did it: never told of it. */
  readonly by: string | null;
  readonly at: number;
  /** `author` (default): who entered it, else everybody who enters for the organisme; `all`: everybody who enters. */
  readonly whom?: 'author' | 'all';
  /** A decision waits for its undo. */
  readonly waits?: boolean;
}

/** The people of OFs to tell of soumissions, by soumission; the author while still active there, else all who enter. */
async function peopleToTell(
  sql: Sql,
  soumissionIds: readonly string[],
  whom: 'author' | 'all' = 'author',
): Promise<ReadonlyMap<string, readonly string[]>> {
  const { rows } = await raw<{ id: string; people: string[] }>`
    select s.id, jsonb_agg(u.id order by u.id) as people
    from soumission s join user_organisme e on e.organisme_id = s.organisme_id
    join user_account u on u.id = e.user_id and u.actif and u.role = 'of'
    where s.id = any (${[...soumissionIds]}::uuid[]) and (${whom === 'all'} or u.id = s.auteur_id or not exists (
      select from user_organisme own join user_account a on a.id = own.user_id and a.actif and a.role = 'of'
      where own.organisme_id = s.organisme_id and own.user_id = s.auteur_id))
    group by s.id`.execute(sql);
  return new Map(rows.map(({ id, people }) => [id, people]));
}

/** Leaves mails about soumissions to the people of their OF, but nobody of what they did themselves. */
export async function tellOf(sql: Sql, telling: Telling, events: readonly Happened[]): Promise<void> {
  if (events.length === 0) return;
  const { kind, by, at, whom, waits = false } = telling;
  const people = await peopleToTell(
    sql,
    events.map(({ soumissionId }) => soumissionId),
    whom,
  );
  const mails = events.flatMap(({ evenement, payload, ...place }) =>
    (people.get(place.soumissionId) ?? [])
      .filter((userId) => userId !== by)
      .map((userId): NewMail => {
        const pasAvant = waits ? at + UNDO_WAIT_MS : at;
        return { kind, evenement, to: { userId }, ...place, payload: payload ?? {}, pasAvant };
      }),
  );
  await enqueueMails(sql, mails);
}

/** One mail per person for all that a release did to their soumissions: published, or kept out with a reason. */
export async function tellRelease(
  sql: Sql,
  { n, kind, at }: { readonly n: number; readonly kind: 'publie' | 'horsRelease'; readonly at: number },
  rows: readonly { readonly id: string; readonly reason: string | null }[],
): Promise<void> {
  const people = await peopleToTell(
    sql,
    rows.map(({ id }) => id),
  );
  const items = new Map<string, MailPayload['items'] & object>();
  for (const { id, reason } of rows) {
    const item = reason === null ? { soumission: id } : { soumission: id, raison: reason };
    for (const userId of people.get(id) ?? []) items.set(userId, [...(items.get(userId) ?? []), item]);
  }
  await enqueueMails(
    sql,
    [...items].map(([userId, own]) => ({
      kind,
      evenement: `release-${n}`,
      to: { userId },
      payload: { release: n, items: own },
      pasAvant: at,
    })),
  );
}

/** The Cariforef's people of some roles are told that promises come due. */
export async function tellCariforef(
  sql: Sql,
  roles: readonly ('moderateur' | 'administrateur')[],
  at: number,
  events: readonly Happened[],
): Promise<void> {
  const people = await sql
    .selectFrom('user_account')
    .select('id')
    .where('role', 'in', [...roles])
    .where('actif', '=', true)
    .execute();
  await enqueueMails(
    sql,
    events.flatMap((event) =>
      people.map(({ id }): NewMail => ({ kind: 'escalade', to: { userId: id }, ...event, pasAvant: at })),
    ),
  );
}

/**
 * A decision was taken back: its mails that still wait are never sent; who was told already is told that it no longer
 * holds.
 */
export async function takeBackMails(
  sql: Sql,
  place: Omit<Happened, 'payload'> & { readonly by: string; readonly at: number },
): Promise<void> {
  const { soumissionId, by, at } = place;
  await sql
    .updateTable('courriel')
    .set({ state: 'annule' })
    .where('soumission_id', '=', soumissionId)
    .where('kind', 'in', ['decision', 'corrections'])
    .where(raw<boolean>`payload ? 'decision'`)
    .where('state', '=', 'attente')
    .execute();
  const told = await sql
    .selectFrom('courriel')
    .select('user_id')
    .distinct()
    .where('soumission_id', '=', soumissionId)
    .where('kind', 'in', ['decision', 'corrections'])
    .where(raw<boolean>`payload ->> 'decision' in (select id::text from decision
      where soumission_id = ${soumissionId} and undone_at = ${new Date(at)})`)
    .where('state', 'in', ['enCours', 'envoye', 'incertain', 'groupe'])
    .where('user_id', 'is not', null)
    .execute();
  const { ficheId, organismeId, evenement } = place;
  await enqueueMails(
    sql,
    told.flatMap(({ user_id }): NewMail[] =>
      user_id === null || user_id === by
        ? []
        : [
            {
              kind: 'annulation',
              evenement,
              to: { userId: user_id },
              soumissionId,
              ficheId,
              organismeId,
              pasAvant: at,
            },
          ],
    ),
  );
}
