import { sql as raw } from 'kysely';
import { addDays } from '../../domain/model/calendar.ts';
import { escalationLead, escalationsAfter } from '../../domain/model/escalation.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { instantOf, parisDayOf, parisTimeOf } from '../../domain/model/paris-time.ts';
import type { Echeances } from '../../domain/model/promise.ts';
import type { Standing } from '../../domain/model/refusals.ts';
import type { Conduite } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { noSoumission, STEP_COLUMNS, type StepRecord } from './rows.ts';
import { escalationOf } from './settings.ts';

/** Calendar days after which an OF that owes an answer is reminded, and after which its soumission is abandoned. */
export const REMINDER_DAYS = [15, 45] as const;
export const ABANDON_DAYS = 60;
/** How long a decision may be undone. */
export const UNDO_MS = 24 * 3_600_000;

/** Where a soumission stands; the workflow's port has the same form. */
export interface SoumissionState extends Standing {
  readonly id: string;
  readonly seq: number;
  readonly conduite: Conduite;
  readonly wakeAt: {
    readonly reminders: readonly number[];
    readonly abandon: number | null;
    readonly escalation: number | null;
  };
  readonly decided: { readonly by: string | null; readonly at: number; readonly undoUntil: number } | null;
  readonly commandes: readonly string[];
  /** Rules that ask for two people found this version at fault. */
  readonly fautive: boolean;
}

/** Same time on a Paris clock, `days` later. */
function calendarDaysLater(instant: number, days: number): number {
  const { hour, minute } = parisTimeOf(instant);
  return instantOf(addDays(parisDayOf(instant), days), hour, minute);
}

/** How many of the last commands are told: a caller that tries again is seldom more than a few acts late. */
const COMMANDES_TOLD = 10;

/** What other tables say of a soumission, as one row. */
interface Around {
  readonly claim: { readonly by: string; readonly token: number; readonly expires: number } | null;
  readonly decision: { readonly by: string | null; readonly at: number } | null;
  readonly commandes: readonly string[];
  readonly voix: string | null;
  readonly fautive: boolean;
  readonly escalade: unknown;
  /** Steps into or within `correctionsDemandees`, the last first; asked for in that statut only. */
  readonly asked: readonly { readonly act: string; readonly at: number }[];
}

const ms = (column: string) => raw`round(extract(epoch from ${raw.ref(column)}) * 1000)`;

/** A soumission's row with what is around it, in one question: every command asks it twice. */
async function standing(
  sql: Sql,
  id: string,
  { lock, commande = null }: { readonly lock: boolean; readonly commande?: string | null },
): Promise<(StepRecord & Around & { readonly applied: boolean }) | undefined> {
  const columns = raw.join(STEP_COLUMNS.map((column) => raw.ref(`s.${column}`)));
  const { rows } = await raw<StepRecord & Around & { readonly applied: boolean }>`select ${columns},
    (${commande}::text is not null and exists (select from journal where commande = ${commande})) as applied,
    (select json_build_object('by', c.user_id, 'token', c.token, 'expires', ${ms('c.expires_at')})
      from claim c where c.soumission_id = s.id and c.live) as claim,
    (select json_build_object('by', d.by, 'at', ${ms('d.at')}) from decision d
      where d.soumission_id = s.id and d.version = s.version and d.undone_at is null
      order by d.at desc, d.id desc limit 1) as decision,
    (select v.by from premiere_voix v where v.soumission_id = s.id and v.version = s.version) as voix,
    coalesce(s.controles -> 'twoPeople', '[]') <> '[]' as fautive,
    (select valeur from reglage where cle = 'escalade') as escalade,
    (select coalesce(json_agg(l.commande), '[]') from (select j.commande from journal j
      where j.soumission_id = s.id and j.commande is not null order by j.n desc limit ${COMMANDES_TOLD}) l) as commandes,
    (select coalesce(json_agg(json_build_object('act', l.act, 'at', ${ms('l.at')}) order by l.n desc), '[]') from (
      select j.act, j.at, j.n from journal j where s.statut = 'correctionsDemandees' and j.soumission_id = s.id
        and j.to_statut = 'correctionsDemandees' order by j.n desc limit ${REMINDER_DAYS.length + 1}) l) as asked
    from soumission s where s.id = ${id} ${raw.raw(lock ? 'for update of s' : '')}`.execute(sql);
  return rows[0];
}

/** The next instant at which moderators or administrators are told that a promise comes due. */
function nextEscalation(row: StepRecord, { escalade }: Around): number | null {
  const { statut, echeances, conduite } = row;
  const waits = conduite === 'workflow' && ['deposee', 'controlee', 'enRevue', 'validee'].includes(statut);
  if (!waits || echeances === null) return null;
  const since = (row.escalade_le ?? row.deposee_le ?? row.created_at).getTime() as InstantMs;
  const next = escalationsAfter(echeances as Echeances, since, escalationOf(escalade)).find(
    ({ stage }) => stage === 'moderateurs' || stage === 'administrateurs',
  );
  return next === undefined ? null : next.at - escalationLead(row.id);
}

function wakeAtOf(row: StepRecord, around: Around): SoumissionState['wakeAt'] {
  return { ...unansweredOf(around), escalation: nextEscalation(row, around) };
}

function unansweredOf({ asked: steps }: Around): Pick<SoumissionState['wakeAt'], 'reminders' | 'abandon'> {
  const sent = steps.findIndex(({ act }) => act !== 'remind');
  const asked = steps[sent];
  if (asked === undefined) return { reminders: [], abandon: null };
  return {
    reminders: REMINDER_DAYS.slice(sent).map((days) => calendarDaysLater(asked.at, days)),
    abandon: calendarDaysLater(asked.at, ABANDON_DAYS),
  };
}

/** By its decision, or, for what a lane or a trusted import approved, by the day of its acceptance. */
function decidedOf(row: StepRecord, { decision }: Around): SoumissionState['decided'] {
  if (!['validee', 'refusee', 'correctionsDemandees'].includes(row.statut)) return null;
  const at = decision?.at ?? row.decidee_le?.getTime();
  if (at === undefined || (decision === null && row.statut !== 'validee')) return null;
  return { by: decision?.by ?? null, at, undoUntil: at + UNDO_MS };
}

function stateOf(row: StepRecord & Around): SoumissionState {
  return {
    id: row.id,
    statut: row.statut,
    version: row.version,
    seq: row.seq,
    conduite: row.conduite,
    claim: row.claim,
    wakeAt: wakeAtOf(row, row),
    decided: decidedOf(row, row),
    saisiPar: row.pour_of ? row.auteur_id : null,
    premiereVoix: row.voix,
    commandes: row.commandes,
    fautive: row.fautive,
  };
}

/** Where a soumission stands; null when there is none. */
export async function readState(sql: Sql, id: string): Promise<SoumissionState | null> {
  const row = await standing(sql, id, { lock: false });
  return row === undefined ? null : stateOf(row);
}

/** The same with its row, locked, and whether a command was applied before; throws `introuvable`. */
export async function lockStanding(sql: Sql, id: string, commande: string) {
  const row = await standing(sql, id, { lock: true, commande });
  if (row === undefined) throw noSoumission(id);
  return { row: row as StepRecord, state: stateOf(row), applied: row.applied };
}
