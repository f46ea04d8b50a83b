import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../connect.ts';

/** What a fiche is rendered with, frozen as JSON in `release_change.inputs`. */
export interface FrozenInputs {
  /** Withdrawn, or its creation was undone. */
  readonly ferme: boolean;
  /** Accepted versions of the organismes it may show, by id. */
  readonly organismes: Readonly<Record<string, number>>;
  /** `[maj, creee]` of each level, by id. */
  readonly days: Readonly<Record<string, readonly [maj: string, creee: string | null]>>;
  /** `[code, source, debut, fin]` of each eligible session. */
  readonly cpf: Readonly<Record<string, readonly [string | null, string | null, string | null, string | null]>>;
  /** `[confirmee-le, a-confirmer, out]` of each session that has a mark; absent from what was frozen before there were any. */
  readonly fraicheur?: Readonly<Record<string, FrozenMark>>;
}

/** `[confirmed on, to confirm, taken out]` of one session. */
export type FrozenMark = readonly [string | null, boolean, boolean];

/** A session whose bytes, or whose being shown, its freshness changes. */
const marked = sql`(k.confirmee_le is not null or k.stade in ('marquee', 'retiree', 'archivee'))`;

/** Why an earlier version stays although another one is accepted. */
export const KEPT_BY = { pin: 'epinglee', date: 'differee', breaker: 'disjoncteur' } as const;

/** Which fiches a statement is about: all, those that a query gives, or few enough to be named. */
type Among = 'all' | RawBuilder<unknown> | readonly string[];

/** Of the fiches themselves. */
function isAmong(id: RawBuilder<unknown>, among: Among): RawBuilder<unknown> {
  if (among === 'all') return sql`true`;
  return 'toOperationNode' in among ? sql`${id} in (${among})` : sql`${id} = any (${[...among]}::uuid[])`;
}

/** Of what is summed up beside them: without a count of them the planner would sum it up again for each. */
const isBeside = (id: RawBuilder<unknown>, among: Among) =>
  among === 'all' || 'toOperationNode' in among ? sql`true` : isAmong(id, among);

/** So few are named one by one. */
const FEW = 500;

/**
 * Accepted fiches with a digest of all that their bytes may depend on, days of lapse and the writer apart. A withdrawal in
 * emergency goes before a pin to an earlier release and before a day of publication.
 */
const etat = (day: string, among: Among) => sql`
  with marks as (
    select m.formation_id,
      string_agg(concat_ws('|', m.session_id, coalesce(m.code, ''), coalesce(m.source, ''), coalesce(m.debut, ''), coalesce(m.fin, '')), ',' order by m.session_id) as d
    from cpf_marking m where m.answer = 'oui' and ${isBeside(sql`m.formation_id`, among)} group by m.formation_id
  ), formateurs as (
    select a.formation_id, string_agg(f.id || ':' || f.version_n, ',' order by f.id) as d
    from (select distinct formation_id, formateur_id from action
      where formateur_id is not null and retire_le is null and ${isBeside(sql`formation_id`, among)}) a
    join fiche f on f.id = a.formateur_id group by a.formation_id
  ), fraicheurs as (
    select k.formation_id, string_agg(concat_ws('|', k.session_id, coalesce(k.confirmee_le, ''), case k.stade
        when 'marquee' then 'm' when 'retiree' then 'r' when 'archivee' then 'r' else '' end), ',' order by k.session_id) as d
    from fraicheur k where ${marked} and ${isBeside(sql`k.formation_id`, among)} group by k.formation_id
  ), retraits as (
    select fiche_id, bool_or(release_n is null) as attend, max(release_n) as release_n from urgence
    where kind = 'retrait' and fiche_id is not null group by fiche_id
  ), etat as (
    select f.id, f.version_n, f.fermee_le, f.organisme_id, fm.prochain_changement,
      case when not coalesce(u.attend or u.release_n > fp.epingle, false) then fp.epingle end as epingle,
      case when fp.publie_le > ${day} and not (coalesce(u.attend, false) and exists (
        select from release_member m where m.fiche_id = f.id and m.to_release is null)) then fp.publie_le end as publie_le,
      md5(concat_ws('|', f.version_n, (f.fermee_le is null)::text, coalesce(r.version_n, 0),
        coalesce(fo.d, ''), coalesce(m.d, ''), coalesce(fp.epingle, 0), coalesce(fp.publie_le > ${day}, false)::text,
        fr.d)) as digest
    from fiche f
    left join formation fm on fm.id = f.id
    left join fiche r on r.id = f.organisme_id and r.id <> f.id
    left join formateurs fo on fo.formation_id = f.id
    left join marks m on m.formation_id = f.id
    left join fiche_publication fp on fp.fiche_id = f.id
    left join fraicheurs fr on fr.formation_id = f.id
    left join retraits u on u.fiche_id = f.id
    where f.version_n > 0 and ${isAmong(sql`f.id`, among)}
  )`;

const inputs = sql`jsonb_build_object(
  'ferme', e.fermee_le is not null or v.retrait,
  'organismes', coalesce((select jsonb_object_agg(o.id, o.version_n) from (
      select e.organisme_id as id
      union select a.formateur_id from action a where a.formation_id = e.id and a.retire_le is null) shown
    join fiche o on o.id = shown.id and o.kind = 'organisme' and o.version_n > 0), '{}'),
  'days', coalesce((select jsonb_object_agg(l.id, jsonb_build_array(l.maj, l.creee)) from (
      select id, maj, creee from formation where id = e.id
      union all select id, maj, creee from action where formation_id = e.id
      union all select id, maj, creee from session where formation_id = e.id
      union all select id, maj, null from organisme where id = e.id) l), '{}'),
  'cpf', coalesce((select jsonb_object_agg(m.session_id, jsonb_build_array(m.code, m.source, m.debut, m.fin))
    from cpf_marking m where m.formation_id = e.id and m.answer = 'oui'), '{}'))`;

/** Freshness is a state of the sessions, not of a version: an earlier version that stays shows it too. */
const marks = sql`jsonb_build_object('fraicheur', coalesce((
  select jsonb_object_agg(k.session_id, jsonb_build_array(k.confirmee_le, k.stade = 'marquee', k.stade in ('retiree', 'archivee')))
  from fraicheur k where k.formation_id = e.id and ${marked}), '{}'))`;

/** How a release is frozen: everything that moved, or only what cannot wait. */
export interface Freezing {
  readonly n: number;
  readonly day: string;
  readonly writerVersion: number;
  readonly kind: string;
}

/** The next fiches that an emergency is about. */
const urgent = sql`select fiche_id from urgence where release_n is null and fiche_id is not null`;

/**
 * Takes up every fiche whose inputs differ from what the last release saw, that changes by itself up to `day`, that was
 * kept out or that another writer wrote, with the version that is accepted now, or the one that an administrator lets
 * stay. From here on these versions can no longer be undone. Answers how many it took; a second call for the same release
 * takes nothing more.
 */
export async function freeze(tx: Sql, { n, day, writerVersion, kind }: Freezing): Promise<number> {
  const moved = sql`p.digest is distinct from e.digest or p.writer_version is distinct from ${writerVersion}
    or e.prochain_changement <= ${day} or p.outcome = 'kept'`;
  const taken = kind === 'emergency' ? sql`e.id in (${urgent})` : sql`(${moved} or e.id in (${urgent}))`;
  const { rows } = await sql<{ id: string }>`${etat(day, kind === 'emergency' ? await urgentIds(tx) : 'all')}
    insert into release_change (release_n, fiche_id)
    select ${n}, e.id from etat e left join fiche_rendue p on p.fiche_id = e.id where ${taken}
    on conflict do nothing returning fiche_id as id`.execute(tx);
  if (rows.length === 0) return 0;
  await waitForDecisions(tx, n);
  const many = sql`select fiche_id from release_change where release_n = ${n}`;
  const frozen = rows.length > FEW ? many : rows.map(({ id }) => id);
  const { numAffectedRows } = await sql`${etat(day, frozen)}
    update release_change c set accepted_n = e.version_n,
      version_n = coalesce(b.version_n, case when ${waits} then 0 else e.version_n end),
      digest = case when b.version_n <> e.version_n then '' else e.digest end,
      inputs = coalesce(b.inputs, ${inputs}) || ${marks},
      kept_out = case when e.fermee_le is not null then null
        when e.epingle is not null and b.version_n < e.version_n then ${KEPT_BY.pin}
        when e.publie_le is not null and coalesce(b.version_n, 0) < e.version_n then ${KEPT_BY.date} || ' ' || e.publie_le end,
      outcome = case when ${waits} and b.version_n is null then 'absent' else 'pending' end
    from etat e join fiche_version v on v.fiche_id = e.id and v.n = e.version_n
    left join lateral (${stays()}) b on e.fermee_le is null
    where c.release_n = ${n} and c.fiche_id = e.id and c.inputs is null`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

async function urgentIds(tx: Sql): Promise<string[]> {
  const { rows } = await sql<{ fiche_id: string }>`${urgent}`.execute(tx);
  return rows.map(({ fiche_id }) => fiche_id);
}

/** Its day of publication is to come. */
const waits = sql`(e.fermee_le is null and e.epingle is null and e.publie_le is not null)`;

/** The earlier version that stays: pinned, before the day of publication, or only rid of a person. */
const stays = () => sql`
  select m.version_n, was.inputs from release_member m
    join release_change was on was.release_n = m.from_release and was.fiche_id = m.fiche_id
  where m.fiche_id = e.id and case
    when e.epingle is not null then m.from_release <= e.epingle and (m.to_release is null or m.to_release > e.epingle)
    when e.publie_le is not null or (
      exists (select from urgence u where u.release_n is null and u.fiche_id = e.id and u.kind = 'personne')
      and not exists (select from urgence u where u.release_n is null and u.fiche_id = e.id and u.kind = 'retrait'))
    then m.to_release is null else false end`;

/** An undo in flight holds its fiche's row: it ends first, and one that comes later sees that the fiche is frozen. */
async function waitForDecisions(tx: Sql, n: number): Promise<void> {
  await sql`select count(*) from (
    select f.id from fiche f join release_change c on c.fiche_id = f.id where c.release_n = ${n} order by f.id for share of f
  ) held`.execute(tx);
}

/** Forgets what a release froze, so that it is frozen anew. */
export async function thaw(tx: Sql, n: number): Promise<void> {
  await sql`delete from release_change where release_n = ${n}`.execute(tx);
}
