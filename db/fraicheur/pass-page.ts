import { sql as raw } from 'kysely';
import { type Advance, advanceOn } from '../../domain/model/fraicheur/judge.ts';
import type { FreshnessSettings } from '../../domain/model/fraicheur/settings.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { FRESHNESS_MAIL_STAGES, LINK_LIFE_MS } from '../../domain/model/mail.ts';
import { json, type Sql } from '../connect.ts';
import { enqueueMails, type MailTo, type NewMail } from '../mail/enqueue.ts';
import { recipientsOf } from './recipients.ts';
import { type FreshnessRow, freshnessPage } from './sessions-page.ts';

/** Stages that are told by mail; the first one only shows in the OF's space. */
const MAILED = FRESHNESS_MAIL_STAGES.filter((stage) => stage !== 'aConfirmer');
type MailedStage = (typeof MAILED)[number];

export interface PassPage {
  readonly day: ParisDay;
  /** First day on which freshness was looked at here. */
  readonly depart: ParisDay;
  readonly after: string | null;
  readonly limit: number;
  /** Real time, ms. */
  readonly at: number;
  /** When the digests may leave, ms. */
  readonly pasAvant: number;
}

/** What a page did; `after` is null once no session is left. */
export interface PassDone {
  readonly after: string | null;
  readonly examinees: number;
  readonly avancees: number;
  readonly courriels: number;
}

/** A session that enters stages. */
interface Move extends FreshnessRow {
  readonly advance: Advance;
}

/** The sessions of a page that enter a stage on its day. */
function movesOf(
  rows: readonly FreshnessRow[],
  settings: FreshnessSettings,
  page: Pick<PassPage, 'day' | 'depart'>,
): Move[] {
  return rows.flatMap((row) => {
    const advance = advanceOn(page.day, { facts: row.facts, state: row.state, depart: page.depart }, settings);
    return advance === undefined ? [] : [{ ...row, advance }];
  });
}

/** Claims what no act changed since it was read: the row's cycle and stage, the formation's version. */
async function claim(sql: Sql, moves: readonly Move[], day: ParisDay): Promise<Move[]> {
  if (moves.length === 0) return [];
  const rows = moves.map(({ session, formation, organisme, versionN, cycle, facts, state, advance }) => {
    const { stade, cause, d } = advance;
    return {
      session,
      formation,
      organisme,
      n: versionN,
      cycle,
      depuis: facts.depuis,
      was: state.stade,
      stade,
      cause,
      d,
    };
  });
  const { rows: claimed } = await raw<{ session: string }>`
    with x as materialized (select * from jsonb_to_recordset(${json(rows)}) as x(session uuid, formation uuid,
        organisme uuid, n int, cycle int, depuis text, was text, stade text, cause text, d text)),
      held as materialized (select k.session_id, k.cycle, k.stade from fraicheur k
        where k.session_id in (select session from x) order by k.session_id for update),
      same as materialized (select x.* from x join formation f on f.id = x.formation and f.version_n = x.n
        left join held h on h.session_id = x.session
        where coalesce(h.cycle, 1) = x.cycle and coalesce(h.stade, 'fraiche') = x.was)
    insert into fraicheur as k (session_id, formation_id, organisme_id, cycle, depuis, stade, stade_le, cause, jour_d)
    select session, formation, organisme, cycle, depuis, stade, ${day}, cause, d from same
    on conflict (session_id) do update set stade = excluded.stade, stade_le = excluded.stade_le,
      cause = excluded.cause, jour_d = excluded.jour_d where k.cycle = excluded.cycle
    returning session_id as session`.execute(sql);
  const taken = new Set(claimed.map(({ session }) => session));
  return moves.filter(({ session }) => taken.has(session));
}

/** Writes each (session, cycle, stage) once; answers the moves whose last stage is new. */
async function enterStages(
  sql: Sql,
  moves: readonly Move[],
  day: ParisDay,
  told: ReadonlySet<string>,
): Promise<Move[]> {
  const rows = moves.flatMap(({ session, formation, organisme, cycle, advance: { entered, cause, stade } }) =>
    entered.map((one) => {
      return {
        session,
        formation,
        organisme,
        cycle,
        stade: one,
        cause,
        courriels: one === stade && told.has(session) ? 1 : 0,
      };
    }),
  );
  const { rows: written } = await raw<{ session: string; stade: string }>`
    insert into fraicheur_etape (session_id, cycle, stade, formation_id, organisme_id, jour, cause, courriels)
    select session, cycle, stade, formation, organisme, ${day}, cause, courriels
    from jsonb_to_recordset(${json(rows)}) as x(session uuid, cycle int, stade text, formation uuid, organisme uuid,
      cause text, courriels int)
    on conflict do nothing returning session_id as session, stade`.execute(sql);
  const entered = new Set(written.map(({ session, stade }) => `${session}/${stade}`));
  return moves.filter(({ session, advance }) => entered.has(`${session}/${advance.stade}`));
}

function mailsOf(
  moves: readonly Move[],
  recipients: ReadonlyMap<string, readonly MailTo[]>,
  page: PassPage,
): NewMail[] {
  const digests = new Map<
    string,
    { to: MailTo; organisme: string; items: { session: string; stage: MailedStage }[] }
  >();
  for (const { session, organisme, advance } of moves) {
    const stage = MAILED.find((one) => one === advance.stade);
    if (stage === undefined) continue;
    for (const to of recipients.get(session) ?? []) {
      const key = 'userId' in to ? to.userId : to.adresse.toLowerCase();
      const digest = digests.get(key) ?? { to, organisme, items: [] };
      digest.items.push({ session, stage });
      digests.set(key, digest);
    }
  }
  return [...digests.values()].map(({ to, organisme, items }) => ({
    kind: 'fraicheur',
    evenement: page.day,
    to,
    organismeId: organisme,
    payload: { items },
    pasAvant: page.pasAvant,
    lienExpireLe: page.at + LINK_LIFE_MS,
  }));
}

/** No answer until it was taken out is an answer too: periods are learned from it. */
async function learnSilence(sql: Sql, moves: readonly Move[]): Promise<void> {
  const silent = moves.filter(({ advance }) => advance.stade === 'retiree').map(({ organisme }) => organisme);
  if (silent.length === 0) return;
  await raw`insert into fraicheur_organisme as o (organisme_id, cycles)
    select x, count(*) from unnest(${silent}::uuid[]) x group by x
    on conflict (organisme_id) do update set cycles = o.cycles + excluded.cycles`.execute(sql);
}

/** One page of a day's pass, in the caller's transaction: claims, stages, and the digests that ask (design §8). */
export async function passPage(sql: Sql, settings: FreshnessSettings, page: PassPage): Promise<PassDone> {
  const { rows, after } = await freshnessPage(sql, settings, page);
  const moves = await claim(sql, movesOf(rows, settings, page), page.day);
  const asking = moves.filter(({ advance }) => MAILED.some((stage) => stage === advance.stade));
  const recipients = await recipientsOf(
    sql,
    asking.map(({ session, formation, organisme }) => ({ session, formation, organisme })),
  );
  const told = new Set(asking.filter(({ session }) => recipients.get(session)?.length).map(({ session }) => session));
  const entered = moves.length === 0 ? [] : await enterStages(sql, moves, page.day, told);
  await learnSilence(sql, entered);
  const left = await enqueueMails(sql, mailsOf(entered, recipients, page));
  const courriels = left.filter(({ id }) => id !== null).length;
  await sql
    .updateTable('fraicheur_passe')
    .set((eb) => ({
      examinees: eb('examinees', '+', rows.length),
      avancees: eb('avancees', '+', entered.length),
      courriels: eb('courriels', '+', courriels),
    }))
    .where('jour', '=', page.day)
    .execute();
  return { after, examinees: rows.length, avancees: entered.length, courriels };
}
