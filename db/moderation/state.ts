import { addDays } from '../../domain/model/calendar.ts';
import { instantOf, parisDayOf, parisTimeOf } from '../../domain/model/paris-time.ts';
import type { Standing } from '../../domain/model/refusals.ts';
import type { Conduite } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { type StepRecord, stepRecord } from './rows.ts';

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
  readonly wakeAt: { readonly reminders: readonly number[]; readonly abandon: number | null };
  readonly decided: { readonly by: string | null; readonly at: number; readonly undoUntil: number } | null;
  readonly commandes: readonly string[];
}

/** Same time on a Paris clock, `days` later. */
export function calendarDaysLater(instant: number, days: number): number {
  const { hour, minute } = parisTimeOf(instant);
  return instantOf(addDays(parisDayOf(instant), days), hour, minute);
}

async function wakeAtOf(sql: Sql, row: StepRecord): Promise<SoumissionState['wakeAt']> {
  if (row.statut !== 'correctionsDemandees') return { reminders: [], abandon: null };
  const steps = await sql
    .selectFrom('journal')
    .select(['act', 'at', 'to_statut', 'from_statut'])
    .where('soumission_id', '=', row.id)
    .where('to_statut', '=', 'correctionsDemandees')
    .orderBy('n', 'desc')
    .limit(REMINDER_DAYS.length + 1)
    .execute();
  const asked = steps.find(({ act }) => act !== 'remind');
  if (asked === undefined) return { reminders: [], abandon: null };
  const sent = steps.indexOf(asked);
  const since = asked.at.getTime();
  return {
    reminders: REMINDER_DAYS.slice(sent).map((days) => calendarDaysLater(since, days)),
    abandon: calendarDaysLater(since, ABANDON_DAYS),
  };
}

/** By its decision, or, for what a lane or a trusted import approved, by the day of its acceptance. */
async function decidedOf(sql: Sql, row: StepRecord): Promise<SoumissionState['decided']> {
  if (!['validee', 'refusee', 'correctionsDemandees'].includes(row.statut)) return null;
  const decision = await sql
    .selectFrom('decision')
    .select(['by', 'at'])
    .where('soumission_id', '=', row.id)
    .where('version', '=', row.version)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .executeTakeFirst();
  const at = (decision?.at ?? row.decidee_le)?.getTime();
  if (at === undefined || (decision === undefined && row.statut !== 'validee')) return null;
  return { by: decision?.by ?? null, at, undoUntil: at + UNDO_MS };
}

/** How many of the last commands are told: a caller that tries again is seldom more than a few acts late. */
const COMMANDES_TOLD = 10;

async function commandesOf(sql: Sql, id: string): Promise<string[]> {
  const rows = await sql
    .selectFrom('journal')
    .select('commande')
    .where('soumission_id', '=', id)
    .where('commande', 'is not', null)
    .orderBy('n', 'desc')
    .limit(COMMANDES_TOLD)
    .execute();
  return rows.flatMap(({ commande }) => commande ?? []);
}

/** Where the soumission of a row stands. */
export async function stateOf(sql: Sql, row: StepRecord): Promise<SoumissionState> {
  const claim = await sql
    .selectFrom('claim')
    .selectAll()
    .where('soumission_id', '=', row.id)
    .where('live', '=', true)
    .executeTakeFirst();
  return {
    id: row.id,
    statut: row.statut,
    version: row.version,
    seq: row.seq,
    conduite: row.conduite,
    claim: claim ? { by: claim.user_id, token: claim.token, expires: claim.expires_at.getTime() } : null,
    wakeAt: await wakeAtOf(sql, row),
    decided: await decidedOf(sql, row),
    saisiPar: row.pour_of ? row.auteur_id : null,
    commandes: await commandesOf(sql, row.id),
  };
}

/** Where a soumission stands; null when there is none. */
export async function readState(sql: Sql, id: string): Promise<SoumissionState | null> {
  const row = await stepRecord(sql, id);
  return row === undefined ? null : stateOf(sql, row);
}
