import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { type Answer, type AnswerKind, withAnswers } from '../../domain/model/fraicheur/answers.ts';
import { answersFor } from '../../domain/model/fraicheur/ended.ts';
import type { AnswerWay } from '../../domain/model/fraicheur/ways.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { json, type Sql } from '../connect.ts';
import { businessDay, businessDayAt } from '../horloge.ts';
import { depositReceived } from '../moderation/deposit-received.ts';
import { appendJournal } from '../moderation/journal.ts';
import { acceptedVersions, lockFiches, openSoumissionsOf } from '../moderation/rows.ts';
import { type AskedSession, askedSessions } from './asked.ts';
import { restartCycles } from './cycles.ts';

export interface Answering {
  readonly answers: readonly Answer[];
  /** Who answers; the link of a mail stands for an account when its reader has none. */
  readonly by: Actor;
  readonly voie: AnswerWay;
  readonly courrielId: string | null;
  /** Real time, ms. */
  readonly at: InstantMs;
  readonly dueHour: number;
}

/** What became of an answer: kept, the session is archived and needs a new entry, or it is no longer in the offer. */
export interface Answered {
  readonly session: string;
  readonly kind: AnswerKind;
  readonly outcome: 'gardee' | 'archivee' | 'absente';
  /** The soumission that it became part of. */
  readonly soumission: string | null;
}

interface Given {
  readonly answer: Answer;
  readonly asked: AskedSession;
}

async function openDocument(sql: Sql, id: string): Promise<FormationDocument | undefined> {
  const row = await sql.selectFrom('soumission').select('document').where('id', '=', id).executeTakeFirst();
  return row?.document.kind === 'formation' ? row.document : undefined;
}

/** One soumission per formation, or the next revision of its open one; by formation. */
async function deposit(sql: Sql, input: Answering, given: readonly Given[]): Promise<Map<string, string>> {
  const formations = [...new Set(given.map(({ asked }) => asked.formation))];
  const fiches = await lockFiches(sql, formations);
  const names = [...fiches.values()].map(({ id, version_n }) => ({ ficheId: id, n: version_n }));
  const accepted = await acceptedVersions(sql, names);
  const open = await openSoumissionsOf(sql, formations);
  const soumissions = new Map<string, string>();
  for (const { ficheId, n } of names) {
    const openId = open.get(ficheId);
    const now =
      (openId === undefined ? undefined : await openDocument(sql, openId)) ?? accepted({ ficheId, n })?.document;
    if (now?.kind !== 'formation') continue;
    const own = given.filter(({ asked }) => asked.formation === ficheId).map(({ answer }) => answer);
    const left = withAnswers(now, own);
    const on = {
      source: 'courriel' as const,
      sourceName: input.voie,
      importId: null,
      by: input.by,
      at: input.at,
      dueHour: input.dueHour,
      conduite: 'workflow' as const,
    };
    const [answer] = await depositReceived(sql, on, [{ document: left ?? now, retrait: left === null }]);
    if (answer !== undefined) soumissions.set(ficheId, answer.soumissionId);
  }
  return soumissions;
}

async function keep(
  sql: Sql,
  input: Answering,
  given: readonly Given[],
  soumissions: ReadonlyMap<string, string>,
): Promise<void> {
  const rows = given.map(({ answer, asked }) => ({
    session: asked.session,
    formation: asked.formation,
    organisme: asked.organisme,
    cycle: asked.cycle,
    reponse: answer.kind,
    soumission: answer.kind === 'valable' ? null : (soumissions.get(asked.formation) ?? null),
  }));
  await raw`insert into fraicheur_reponse (session_id, formation_id, organisme_id, cycle, reponse, voie, courriel_id, user_id,
      jour, at, soumission_id)
    select session, formation, organisme, cycle, reponse, ${input.voie}, ${input.courrielId}::uuid, ${input.by.userId}::uuid,
      ${businessDayAt(input.at)}, ${new Date(input.at)}::timestamptz, soumission
    from jsonb_to_recordset(${json(rows)}) as x(session uuid, formation uuid, organisme uuid, cycle int, reponse text,
      soumission uuid)`.execute(sql);
}

async function tell(sql: Sql, { by, at, voie, courrielId }: Answering, given: readonly Given[]): Promise<void> {
  const formations = [...new Set(given.map(({ asked }) => asked.formation))].sort();
  await appendJournal(
    sql,
    formations.map((ficheId) => {
      const own = given.filter(({ asked }) => asked.formation === ficheId);
      const act = own.every(({ answer }) => answer.kind === 'valable') ? 'confirmer' : 'repondre';
      return {
        ficheId,
        organismeId: own[0]?.asked.organisme ?? ficheId,
        soumissionId: null,
        at: new Date(at),
        by: by.userId,
        role: by.role,
        act,
        data: {
          sessions: own.map(({ answer }) => ({ session: answer.session, reponse: answer.kind })),
          voie,
          ...(courrielId === null ? {} : { courriel: courrielId }),
        },
      };
    }),
  );
}

/** Locks the fiches before anything else, as every writer of the journal does. */
async function takenOf(sql: Sql, { answers, at }: Answering): Promise<Map<string, AskedSession>> {
  const ids = answers.map(({ session }) => session);
  const day = await businessDay(sql, at);
  const before = await askedSessions(sql, ids, day);
  await lockFiches(sql, [...new Set(before.map(({ formation }) => formation))]);
  return new Map((await askedSessions(sql, ids, day)).map((asked) => [asked.session, asked]));
}

function requireSayable(given: readonly Given[]): void {
  const ended = given.filter(({ answer, asked }) => !answersFor(asked.terminee).includes(answer.kind));
  if (ended.length === 0) return;
  const sessions = ended.map(({ answer }) => answer.session);
  throw new SofiError('session-terminee', `Cannot confirm session "${sessions[0]}": it has ended`, { sessions });
}

/**
 * Keeps what an OF says of its sessions, in the caller's transaction. *Still valid* is a confirmation and a journal row;
 * the other answers become one soumission per formation. Each ends the session's cycle, but a cancelled session that was
 * taken out stays out. The caller has checked whose sessions they are. Refuses `session-terminee`, for all of them, when
 * one that has ended is said to be still valid, full or to have places.
 */
export async function keepAnswers(sql: Sql, input: Answering): Promise<Answered[]> {
  const known = await takenOf(sql, input);
  const given = input.answers.flatMap((answer): Given[] => {
    const asked = known.get(answer.session);
    return asked === undefined || asked.stade === 'archivee' ? [] : [{ answer, asked }];
  });
  requireSayable(given);
  const changing = given.filter(({ answer }) => answer.kind !== 'valable');
  const soumissions = changing.length === 0 ? new Map<string, string>() : await deposit(sql, input, changing);
  await keep(sql, input, given, soumissions);
  const ended = (confirmee: boolean, among: readonly Given[]) =>
    restartCycles(sql, {
      at: input.at,
      confirmee,
      of: { kind: 'sessions', ids: among.map(({ answer }) => answer.session) },
    });
  await ended(
    true,
    given.filter(({ answer }) => answer.kind === 'valable'),
  );
  await ended(
    false,
    changing.filter(({ answer, asked }) => answer.kind !== 'annulee' || asked.stade !== 'retiree'),
  );
  await tell(sql, input, given);
  return input.answers.map(({ session, kind }) => {
    const asked = known.get(session);
    const outcome = asked === undefined ? 'absente' : asked.stade === 'archivee' ? 'archivee' : 'gardee';
    const soumission = kind === 'valable' || asked === undefined ? null : (soumissions.get(asked.formation) ?? null);
    return { session, kind, outcome, soumission };
  });
}
