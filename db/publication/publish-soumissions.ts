import { sql } from 'kysely';
import type { InstantMs } from '../../domain/model/ids.ts';
import { type Echeances, stopClock } from '../../domain/model/promise.ts';
import type { Source } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { tellRelease } from '../mail/tell.ts';
import { appendJournal, type JournalEntry } from '../moderation/journal.ts';
import { nextDue } from '../moderation/promises.ts';

/** Soumissions read and written at once, within the one transaction of the switch: memory stays flat. */
const SLICE = 2_000;

interface Awaiting {
  readonly id: string;
  readonly ficheId: string;
  readonly organismeId: string;
  readonly acceptedN: number;
  readonly echeances: Echeances | null;
  readonly source: Source;
  readonly horsRelease: string | null;
  /** Why the release does not show it; null when the soumission becomes `publiee`. */
  readonly keptOut: string | null;
}

/** `echue` on its first day out is said once: a formation without a session to come has nothing to publish. */
const awaiting = (n: number) => sql`
  select s.id, s.fiche_id as "ficheId", s.organisme_id as "organismeId", s.accepted_n as "acceptedN", s.echeances, s.source,
    s.hors_release as "horsRelease",
    case when c.outcome = 'absent' and c.reason = 'echue' then c.reason when s.accepted_n > c.version_n then c.kept_out end as "keptOut"
  from soumission s join release_change c on c.fiche_id = s.fiche_id and c.release_n = ${n}
  where s.statut = 'validee' and s.accepted_n <= c.accepted_n and (s.accepted_n <= c.version_n or c.kept_out is not null)
  order by s.fiche_id, s.accepted_n for update of s`;

/**
 * The one status that no workflow writes: every `validee` soumission up to the version that the release froze becomes
 * `publiee` in it, its promise of diffusion kept or missed; those kept out stay `validee` and say why (design §4, §7).
 */
export async function publishSoumissions(tx: Sql, n: number, at: Date): Promise<void> {
  await sql`declare publiables no scroll cursor for ${awaiting(n)}`.execute(tx);
  for (;;) {
    const { rows } = await sql<Awaiting>`fetch ${sql.lit(SLICE)} from publiables`.execute(tx);
    const published = rows.filter(({ keptOut }) => keptOut === null);
    const keptOut = rows.filter((row) => row.keptOut !== null && row.keptOut !== row.horsRelease);
    if (published.length > 0) await publishSlice(tx, n, at, published);
    if (keptOut.length > 0) await keepOutSlice(tx, n, at, keptOut);
    if (rows.length < SLICE) break;
  }
  await sql`close publiables`.execute(tx);
}

async function publishSlice(tx: Sql, n: number, at: Date, slice: readonly Awaiting[]): Promise<void> {
  const moved = slice.map(({ id, echeances }) => {
    const stopped = echeances && stopClock(echeances, 'diffusion', at.getTime() as InstantMs);
    return { id, echeances: stopped, due: stopped && nextDue(stopped), kept: stopped?.diffusion.kept ?? null };
  });
  const entered = slice.filter(({ source }) => source !== 'flux').map(({ id }) => ({ id, reason: null }));
  await tellRelease(tx, { n, kind: 'publie', at: at.getTime() }, entered);
  const rows = JSON.stringify(moved);
  await sql`update soumission s set statut = 'publiee', seq = s.seq + 1, release_n = ${n}, hors_release = null,
      echeances = x.echeances, due_at = x.due
    from jsonb_to_recordset(${rows}::jsonb) x(id uuid, echeances jsonb, due timestamptz) where s.id = x.id`.execute(tx);
  await sql`update promesse p set stopped_at = ${at}, kept = x.kept
    from jsonb_to_recordset(${rows}::jsonb) x(id uuid, kept boolean)
    where p.soumission_id = x.id and p.clock = 'diffusion' and p.stopped_at is null`.execute(tx);
  await appendJournal(
    tx,
    slice.map((row) => ({
      ...entryOf(row, at),
      act: 'publier',
      fromStatut: 'validee',
      toStatut: 'publiee',
      data: { release: n, version: row.acceptedN },
    })),
  );
}

async function keepOutSlice(tx: Sql, n: number, at: Date, slice: readonly Awaiting[]): Promise<void> {
  const told = slice.map(({ id, keptOut }) => ({ id, reason: keptOut }));
  await tellRelease(tx, { n, kind: 'horsRelease', at: at.getTime() }, told);
  const rows = JSON.stringify(slice.map(({ id, keptOut }) => ({ id, keptOut })));
  await sql`update soumission s set hors_release = x."keptOut"
    from jsonb_to_recordset(${rows}::jsonb) x(id uuid, "keptOut" text) where s.id = x.id`.execute(tx);
  await appendJournal(
    tx,
    slice.map((row) => ({ ...entryOf(row, at), act: 'horsRelease', data: { release: n, reason: row.keptOut } })),
  );
}

function entryOf(
  row: Awaiting,
  at: Date,
): Pick<JournalEntry, 'ficheId' | 'organismeId' | 'soumissionId' | 'at' | 'by' | 'role'> {
  return { ficheId: row.ficheId, organismeId: row.organismeId, soumissionId: row.id, at, by: null, role: null };
}
