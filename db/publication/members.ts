import { sql } from 'kysely';
import type { FicheKind } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';

/** A member's place in the files: its numero bytewise, then its id. */
export interface MemberKey {
  readonly numero: string;
  readonly ficheId: string;
}

/** A member's bytes as gzip members, by file; `lheo22` is null where LHÉO 2.2 has the same text. */
export interface MemberBytes extends MemberKey {
  readonly lheo: Buffer;
  readonly lheo22: Buffer | null;
  readonly csv: Buffer | null;
  readonly jsonld: Buffer | null;
}

/** Which members a release has: those that came in at it or before and had not left. */
const inRelease = (n: number) => sql`m.from_release <= ${n} and (m.to_release is null or m.to_release > ${n})`;

/** The next members of a release with their bytes, in the order of the files. */
export async function memberPage(
  tx: Sql,
  { n, kind, after, limit }: { n: number; kind: FicheKind; after: MemberKey | null; limit: number },
): Promise<MemberBytes[]> {
  const { numero, ficheId } = after ?? { numero: '', ficheId: '00000000-0000-0000-0000-000000000000' };
  const piece = (format: string) =>
    sql`(select p.gzip from morceau p where p.sha256 = m.sha256 and p.format = ${format})`;
  const { rows } = await sql<MemberBytes>`
    select m.numero, m.fiche_id as "ficheId", o.gzip as lheo, ${piece('lheo-2.2')} as lheo22, ${piece('csv')} as csv,
      ${piece('jsonld')} as jsonld
    from (select numero, fiche_id, sha256 from release_member m
      where m.kind = ${kind} and ${inRelease(n)}
        and (m.numero collate "C", m.fiche_id) > (${numero}, ${ficheId}::uuid)
      order by m.numero collate "C", m.fiche_id limit ${limit}) m
    join octets o on o.sha256 = m.sha256 order by m.numero collate "C", m.fiche_id`.execute(tx);
  return rows;
}

/** The LHÉO of some formations of a release, as gzip members in the order of the files. */
export async function bytesOf(tx: Sql, n: number, numeros: readonly string[]): Promise<Buffer[]> {
  const { rows } = await sql<{ gzip: Buffer }>`
    select o.gzip from release_member m join octets o on o.sha256 = m.sha256
    where m.kind = 'formation' and ${inRelease(n)} and m.numero = any (${[...numeros]}::text[])
    order by m.numero collate "C", m.fiche_id`.execute(tx);
  return rows.map(({ gzip }) => gzip);
}

/** True when a person was removed from what a release holds: its files can no longer be made. */
export async function isErased(tx: Sql, n: number): Promise<boolean> {
  const { rows } = await sql`select 1 from octets o join release_member m on m.sha256 = o.sha256
    where o.efface_le is not null and ${inRelease(n)} limit 1`.execute(tx);
  return rows.length > 0;
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
  /** Other bytes by another writer alone. */
  readonly reRendered: number;
}

/** What a release does with a formation, by what it found before. */
const what = sql`case when c.outcome = 'deleted' then 'deleted' when c.before_sha is null then 'added'
  when c.re_rendered then 'reRendered' else 'changed' end`;

/** Formations that came in, changed or left between a release, switched or prepared, and the set before it. */
export async function differenceOf(tx: Sql, n: number): Promise<DifferenceCounts> {
  const { rows } = await sql<{ what: keyof DifferenceCounts; total: number }>`
    select what, count(*)::int as total from (select ${what} as what from release_change c join fiche f on f.id = c.fiche_id
      where c.release_n = ${n} and f.kind = 'formation' and c.outcome in ('changed', 'deleted')) d group by what`.execute(
    tx,
  );
  const counts = { added: 0, changed: 0, deleted: 0, reRendered: 0 };
  for (const row of rows) counts[row.what] = row.total;
  return counts;
}

export interface DifferenceLine {
  readonly fiche: string;
  readonly numero: string;
  readonly intitule: string;
  readonly organisme: string;
  readonly what: keyof DifferenceCounts;
  readonly reason: string | null;
  readonly keptOut: string | null;
}

/** One page of the formations that a release, switched or prepared, moves or keeps out; by numero. */
export async function differencePage(
  tx: Sql,
  n: number,
  asked: { readonly what?: readonly string[] | undefined; readonly from: number; readonly limit: number },
): Promise<{ rows: DifferenceLine[]; total: number }> {
  const kept = asked.what === undefined ? sql`true` : sql`what = any (${[...asked.what]}::text[])`;
  const { rows } = await sql<DifferenceLine & { total: number }>`
    select *, count(*) over ()::int as total from (
      select c.fiche_id as fiche, fm.numero, fm.intitule, coalesce(o.nom, '') as organisme, ${what} as what, c.reason,
        c.kept_out as "keptOut"
      from release_change c join formation fm on fm.id = c.fiche_id left join organisme o on o.id = fm.organisme_id
      where c.release_n = ${n} and c.outcome in ('changed', 'deleted')) d
    where ${kept} order by numero collate "C" offset ${asked.from} limit ${asked.limit}`.execute(tx);
  return { rows: rows.map(({ total: _total, ...row }) => row), total: rows[0]?.total ?? 0 };
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
