import { sql } from 'kysely';
import type { Sql } from '../connect.ts';

/** A formation's place in the full file: its numero bytewise, then its id. */
export interface MemberKey {
  readonly numero: string;
  readonly ficheId: string;
}

export interface MemberBytes extends MemberKey {
  readonly bytes: Buffer;
}

/** Which members a release has: those that came in at it or before and had not left. */
const inRelease = (n: number) => sql`m.from_release <= ${n} and (m.to_release is null or m.to_release > ${n})`;

/** The next formations of a release with their bytes, in the order of the full file. */
export async function memberPage(tx: Sql, n: number, after: MemberKey | null, limit: number): Promise<MemberBytes[]> {
  const { numero, ficheId } = after ?? { numero: '', ficheId: '00000000-0000-0000-0000-000000000000' };
  const { rows } = await sql<MemberBytes>`
    select m.numero, m.fiche_id as "ficheId", o.bytes
    from (select numero, fiche_id, sha256 from release_member m
      where m.kind = 'formation' and ${inRelease(n)}
        and (m.numero collate "C", m.fiche_id) > (${numero}, ${ficheId}::uuid)
      order by m.numero collate "C", m.fiche_id limit ${limit}) m
    join octets o on o.sha256 = m.sha256 order by m.numero collate "C", m.fiche_id`.execute(tx);
  return rows;
}

export interface Counts {
  readonly formations: number;
  readonly actions: number;
  readonly sessions: number;
  readonly organismes: number;
}

/** What a release holds. */
export async function countsOf(tx: Sql, n: number): Promise<Counts> {
  const { rows } = await sql<Counts>`
    select (count(*) filter (where kind = 'formation'))::int as formations, coalesce(sum(actions), 0)::int as actions,
      coalesce(sum(sessions), 0)::int as sessions, (count(*) filter (where kind = 'organisme'))::int as organismes
    from release_member m where ${inRelease(n)}`.execute(tx);
  return rows[0] ?? { formations: 0, actions: 0, sessions: 0, organismes: 0 };
}

export interface DifferenceCounts {
  readonly added: number;
  readonly changed: number;
  readonly deleted: number;
}

/** Formations that came in, changed or left between a release and the one before it. */
export async function differenceOf(tx: Sql, n: number): Promise<DifferenceCounts> {
  const { rows } = await sql<DifferenceCounts>`
    select (count(*) filter (where came is not null and gone is null))::int as added,
      (count(*) filter (where came is not null and gone is not null))::int as changed,
      (count(*) filter (where came is null))::int as deleted
    from (select fiche_id, max(sha256) filter (where from_release = ${n}) as came,
        max(sha256) filter (where to_release = ${n}) as gone
      from release_member where kind = 'formation' and (from_release = ${n} or to_release = ${n}) group by fiche_id) d`.execute(
    tx,
  );
  return rows[0] ?? { added: 0, changed: 0, deleted: 0 };
}

/** One line of a delta; see interface.md §4. */
export interface Delta {
  readonly changed: { numero: string; returned?: true }[];
  readonly deleted: { numero: string; reason: string; replacedBy?: string }[];
}

interface DeltaRow {
  readonly numero: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly returned: boolean;
  readonly reason: string | null;
  readonly replacedBy: string | null;
}

/** What changed from release `from` to release `to`, by comparing the two sets: one range query. */
export async function deltaBetween(tx: Sql, from: number, to: number): Promise<Delta> {
  const { rows } = await sql<DeltaRow>`
    with touched as (
      select distinct fiche_id from release_member m where m.kind = 'formation'
        and ((m.from_release > ${from} and m.from_release <= ${to}) or (m.to_release > ${from} and m.to_release <= ${to}))
    )
    select coalesce(a.numero, b.numero) as numero, b.sha256 as before, a.sha256 as after,
      b.fiche_id is null and exists (select from release_member p where p.fiche_id = t.fiche_id and p.to_release <= ${from}) as returned,
      (select p.reason from release_member p where p.fiche_id = t.fiche_id and p.to_release <= ${to}
        order by p.to_release desc limit 1) as reason,
      rf.numero as "replacedBy"
    from touched t
    left join release_member b on b.fiche_id = t.fiche_id and b.from_release <= ${from} and (b.to_release is null or b.to_release > ${from})
    left join release_member a on a.fiche_id = t.fiche_id and a.from_release <= ${to} and (a.to_release is null or a.to_release > ${to})
    join fiche f on f.id = t.fiche_id left join formation rf on rf.id = f.remplace_par
    where a.sha256 is distinct from b.sha256
    order by coalesce(a.numero, b.numero) collate "C"`.execute(tx);
  return {
    changed: rows
      .filter(({ after }) => after !== null)
      .map(({ numero, returned }) => (returned ? { numero, returned: true as const } : { numero })),
    deleted: rows
      .filter(({ after }) => after === null)
      .map(({ numero, reason, replacedBy }) => ({
        numero,
        reason: reason ?? 'retiree',
        ...(replacedBy === null ? {} : { replacedBy }),
      })),
  };
}
