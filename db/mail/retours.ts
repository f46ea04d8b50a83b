import { sql as raw } from 'kysely';
import type { RetourKind } from '../../domain/model/mail.ts';
import type { Sql } from '../connect.ts';

/** An address that refuses mail, or complains: one open task per person, which counts. */
export async function keepRetour(
  sql: Sql,
  retour: {
    readonly courrielId: string;
    readonly destinataire: string;
    readonly kind: RetourKind;
    readonly code: string;
    readonly at: number;
  },
): Promise<void> {
  await sql
    .insertInto('courriel_retour')
    .values({
      courriel_id: retour.courrielId,
      destinataire: retour.destinataire,
      kind: retour.kind,
      code: retour.code,
      at: new Date(retour.at),
    })
    .onConflict((conflict) =>
      conflict
        .column('destinataire')
        .where('traite_le', 'is', null)
        .doUpdateSet((eb) => ({
          fois: eb('courriel_retour.fois', '+', 1),
          kind: eb.ref('excluded.kind'),
          code: eb.ref('excluded.code'),
          at: eb.ref('excluded.at'),
        })),
    )
    .execute();
}

/** What a mail provider tells of a mail that left here, by its Message-ID or by the id that it left with. */
export interface Told {
  readonly messageId: string | null;
  readonly envelopeId: string | null;
  readonly kind: RetourKind;
  readonly code: string;
  readonly at: number;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Keeps a bounce or a complaint as a task; false when no such mail left here. */
export async function keepTold(sql: Sql, { messageId, envelopeId, kind, code, at }: Told): Promise<boolean> {
  const sent = sql.selectFrom('courriel').select(['id', 'destinataire']).where('sent_at', 'is not', null);
  const named = messageId === null ? undefined : await sent.where('message_id', '=', messageId).executeTakeFirst();
  const byId = envelopeId !== null && UUID.test(envelopeId);
  const mail = named ?? (byId ? await sent.where('id', '=', envelopeId).executeTakeFirst() : undefined);
  if (mail === undefined) return false;
  await keepRetour(sql, { kind, code, at, courrielId: mail.id, destinataire: mail.destinataire });
  return true;
}

/** Mails kept back within so many days leave after all once the address was put right. */
const AGAIN_DAYS = 7;

/** A moderator dealt with it; `again` sends what was kept back meanwhile. False when it was dealt with before. */
export async function closeRetour(
  sql: Sql,
  {
    id,
    userId,
    again,
    at,
  }: { readonly id: string; readonly userId: string; readonly again: boolean; readonly at: number },
): Promise<boolean> {
  const closed = await sql
    .updateTable('courriel_retour')
    .set({ traite_le: new Date(at), traite_par: userId })
    .where('id', '=', id)
    .where('traite_le', 'is', null)
    .returning('destinataire')
    .executeTakeFirst();
  if (closed === undefined) return false;
  if (again)
    await sql
      .updateTable('courriel')
      .set({ state: 'attente', essais: 0, code: null, pas_avant: new Date(at) })
      .where('destinataire', '=', closed.destinataire)
      .where('state', '=', 'abandonne')
      .where('created_at', '>', raw<Date>`${new Date(at)}::timestamptz - make_interval(days => ${AGAIN_DAYS})`)
      .execute();
  return true;
}
