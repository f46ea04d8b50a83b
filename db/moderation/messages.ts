import { SofiError } from '../../domain/model/errors.ts';
import type { MessageKind, NoticeAudience } from '../../domain/model/vie.ts';
import type { Sql, Viewer } from '../connect.ts';
import { tellOf } from '../mail/tell.ts';
import { appendJournal } from './journal.ts';
import { leaveNotices, type Notice } from './notices.ts';

export interface NewMessage {
  readonly viewer: Viewer;
  readonly soumissionId: string;
  readonly kind: MessageKind;
  readonly texte: string;
  readonly at: number;
}

async function soumissionOf(sql: Sql, id: string) {
  const row = await sql
    .selectFrom('soumission')
    .select(['id', 'fiche_id', 'organisme_id', 'statut'])
    .where('id', '=', id)
    .executeTakeFirst();
  if (row === undefined) throw new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
  return row;
}

async function requireMend(sql: Sql, soumissionId: string): Promise<void> {
  const mend = await sql
    .selectFrom('mend')
    .select('version')
    .where('soumission_id', '=', soumissionId)
    .executeTakeFirst();
  if (mend === undefined) throw new SofiError('sans-correction', undefined, { soumission: soumissionId });
}

/** Who is told: the other side; nobody of a note. */
function audienceOf(kind: MessageKind, viewer: Viewer): NoticeAudience | null {
  if (kind === 'note') return null;
  return viewer.role === 'of' ? 'moderateurs' : 'of';
}

/**
 * Keeps what a person writes about a fiche, tells it in the journal by its id and leaves the other side a notice. A
 * note stays within the Cariforef. Refuses `introuvable` behind the wall, `sans-correction` for an objection to nothing.
 */
export async function leaveMessage(sql: Sql, input: NewMessage): Promise<string> {
  const { viewer, soumissionId, kind, texte, at } = input;
  const row = await soumissionOf(sql, soumissionId);
  if (kind === 'objection') await requireMend(sql, soumissionId);
  const interne = kind === 'note';
  const { id } = await sql
    .insertInto('message')
    .values({
      fiche_id: row.fiche_id,
      soumission_id: row.id,
      organisme_id: row.organisme_id,
      kind,
      interne,
      texte,
      by: viewer.userId,
      role: viewer.role,
      at: new Date(at),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const audience = audienceOf(kind, viewer);
  const notices: Notice[] =
    audience === null || kind === 'note' ? [] : [{ cle: `message:${id}`, kind, audience, data: { message: id } }];
  const place = { soumissionId: row.id, ficheId: row.fiche_id, organismeId: row.organisme_id };
  await leaveNotices(sql, { ...place, at }, notices);
  if (audience === 'of') {
    const event = { ...place, evenement: id, payload: { message: id } };
    await tellOf(sql, { kind: 'message', by: viewer.userId, at }, [event]);
  }
  await appendJournal(sql, [
    {
      ficheId: row.fiche_id,
      organismeId: row.organisme_id,
      soumissionId: row.id,
      at: new Date(at),
      by: viewer.userId,
      role: viewer.role,
      act: kind,
      data: { message: id },
      interne,
    },
  ]);
  return id;
}

/** What was written about the fiche of a soumission, oldest first; an OF never sees a note. */
export async function readMessages(sql: Sql, soumissionId: string, kinds: readonly MessageKind[]) {
  const { fiche_id } = await soumissionOf(sql, soumissionId);
  return sql
    .selectFrom('message')
    .leftJoin('user_account', 'user_account.id', 'message.by')
    .select([
      'message.id',
      'message.soumission_id',
      'message.kind',
      'message.texte',
      'message.by',
      'message.role',
      'message.at',
      'user_account.nom',
    ])
    .where('message.fiche_id', '=', fiche_id)
    .where('message.kind', 'in', [...kinds])
    .orderBy('message.at')
    .orderBy('message.id')
    .execute();
}
export type MessageRead = Awaited<ReturnType<typeof readMessages>>[number];
