import { sql as raw, type UpdateObject } from 'kysely';
import type { InstantMs } from '../../../domain/model/ids.ts';
import type { JournalAct } from '../../../domain/model/journal-acts.ts';
import { type Echeances, openClocks } from '../../../domain/model/promise.ts';
import type { RegionSettings } from '../../../domain/model/region.ts';
import type { Actor } from '../../../domain/model/requests.ts';
import type { Statut } from '../../../domain/model/vocabulary.ts';
import type { Sql, Tables } from '../../connect.ts';
import type { MailPayload } from '../../entities/mail.entity.ts';
import type { Happened } from '../../mail/tell.ts';
import { type JournalEntry, journalling } from '../journal.ts';
import { clockColumns, recordingPromises } from '../promises.ts';
import type { FicheRecord, StepRecord } from '../rows.ts';
import type { SoumissionState } from '../state.ts';

/** A soumission to write: its rows, locked, and when it happens. */
export interface StepPlace {
  readonly fiche: FicheRecord;
  readonly row: StepRecord;
  readonly at: InstantMs;
  readonly commande: string;
  readonly region: RegionSettings;
}

/** One command in its transaction, with where the soumission stands. */
export interface Step extends StepPlace {
  readonly sql: Sql;
  readonly state: SoumissionState;
}

export type Told = {
  readonly act: JournalAct;
  readonly to: Statut;
  readonly from?: Statut;
  readonly by?: Actor | null;
  readonly data?: Readonly<Record<string, unknown>>;
  /** Hidden from the OF. */
  readonly interne?: boolean;
};

/** What a command writes: columns of the soumission, its clocks when they moved, what the journal tells, in order. */
export interface Write {
  readonly told: readonly Told[];
  readonly set?: UpdateObject<Tables, 'soumission'>;
  readonly echeances?: Echeances;
  /** False for what a rule decided; null for what decides nothing anew. */
  readonly humain?: boolean | null;
  /** What the journal tells of other soumissions of the fiche, before `told`. */
  readonly before?: readonly JournalEntry[];
}

/** The clocks of a soumission; one that came without (an older deposit) opens them at its deposit. */
export function echeancesOf({ row, at, region }: StepPlace): Echeances {
  if (row.echeances !== null) return row.echeances as Echeances;
  return openClocks((row.deposee_le?.getTime() ?? at) as InstantMs, region.dueHour);
}

function entryOf({ fiche, row, at, commande }: StepPlace, told: Told, last: boolean): JournalEntry {
  return {
    ficheId: fiche.id,
    organismeId: row.organisme_id,
    soumissionId: row.id,
    at: new Date(at),
    by: told.by?.userId ?? null,
    role: told.by?.role ?? null,
    act: told.act,
    fromStatut: told.from ?? row.statut,
    toStatut: told.to,
    data: { version: row.version, ...told.data },
    interne: told.interne ?? false,
    ...(last ? { commande } : {}),
  };
}

/** What a step has to tell by mail. */
export function happened({ row }: StepPlace, evenement: string, payload: MailPayload = {}): Happened {
  return { soumissionId: row.id, ficheId: row.fiche_id, organismeId: row.organisme_id, evenement, payload };
}

/** What a step tells the journal; its command is on the last row. */
export function entriesOf(step: StepPlace, told: readonly Told[]): JournalEntry[] {
  return told.map((one, index) => entryOf(step, one, index === told.length - 1));
}

/**
 * Writes a command's effect on the row (statut of the last thing told, `seq` + 1), its promises and its journal: one
 * statement, once in a step, since the chain stands where the fiche's row was locked.
 */
export async function write(step: Step, { told, set, echeances, humain = true, before = [] }: Write): Promise<void> {
  const { sql, row, fiche } = step;
  const statut = told.at(-1)?.to ?? row.statut;
  const statutMoved = sql
    .updateTable('soumission')
    .set({ ...(echeances ? clockColumns(echeances) : {}), ...set, statut, seq: row.seq + 1 })
    .where('id', '=', row.id);
  const promises = echeances && recordingPromises([{ id: row.id, source: row.source, humain, echeances }]);
  const journal = journalling([...before, ...entriesOf(step, told)], [fiche]);
  await raw`with statut_moved as (${statutMoved}), ${promises ? raw`promises as (${promises}),` : raw``}
    told as (${journal.told}) ${journal.moved}`.execute(sql);
}
