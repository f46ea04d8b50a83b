import { type RawBuilder, sql } from 'kysely';
import type { Sql } from '../connect.ts';

/**
 * The members that a roll-back from the current set to release `target` moves: `back` brings the earlier bytes, `out`
 * leaves. What was withdrawn in emergency since, by whichever release took it, stays as it is; what a person was removed
 * from since comes back without them.
 */
const moved = (target: number) => sql`
  with touched as (select distinct fiche_id from urgence where kind = 'retrait' and release_n > ${target}),
  earlier as (select m.* from release_member m where m.from_release <= ${target} and (m.to_release is null or m.to_release > ${target})),
  now as (select * from release_member where to_release is null),
  moved as (
    select coalesce(b.fiche_id, a.fiche_id) as fiche_id, coalesce(b.numero, a.numero) as numero,
      coalesce(b.kind, a.kind) as kind, b.version_n, b.from_release, b.input_hash, b.sha256, a.sha256 as before_sha
    from earlier b full join now a on a.fiche_id = b.fiche_id
    where coalesce(b.fiche_id, a.fiche_id) not in (select fiche_id from touched))`;

/** Takes up what a roll-back moves: earlier bytes as they were, those that changed by themselves since to be rendered. */
export async function freezeRollBack(
  tx: Sql,
  { n, day, target }: { readonly n: number; readonly day: string; readonly target: number },
): Promise<number> {
  const { numAffectedRows } = await sql`${moved(target)}
    insert into release_change (release_n, fiche_id, outcome, sha256, before_sha, reason, version_n, accepted_n, inputs, input_hash)
    select ${n}, m.fiche_id,
      case when m.sha256 is null then 'deleted' when r.prochain_changement <= ${day} or o.efface_le is not null then 'pending'
        when m.sha256 = m.before_sha then 'same' else 'changed' end,
      case when r.prochain_changement <= ${day} or o.efface_le is not null then null else m.sha256 end, m.before_sha,
      case when m.sha256 is null then 'retourArriere' end, m.version_n, m.version_n, was.inputs,
      case when r.prochain_changement <= ${day} or o.efface_le is not null then null else m.input_hash end
    from moved m left join rendu r on r.input_hash = m.input_hash
    left join octets o on o.sha256 = m.sha256
    left join release_change was on was.release_n = m.from_release and was.fiche_id = m.fiche_id
    where m.sha256 is distinct from m.before_sha or r.prochain_changement <= ${day}
    on conflict do nothing`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

export interface RollBackLine {
  readonly fiche: string;
  readonly numero: string;
  /** `revient`: earlier bytes; `part`: was not in it; `echue`: ended since; `urgence`: withdrawn in emergency since. */
  readonly what: 'revient' | 'part' | 'echue' | 'urgence';
}

export interface RollBackPreview {
  readonly counts: Readonly<Record<RollBackLine['what'], number>>;
  /** At most 1 000, by numero. */
  readonly lines: readonly RollBackLine[];
}

const LINES = 1_000;

async function lines(tx: Sql, target: number, what: RawBuilder<unknown>): Promise<RollBackLine[]> {
  const { rows } = await sql<RollBackLine>`${moved(target)}
    select * from (${what}) found order by numero collate "C"`.execute(tx);
  return rows;
}

/** What a roll-back to `target` on `day` would do, formation by formation. */
export async function previewRollBack(tx: Sql, target: number, day: string): Promise<RollBackPreview> {
  const ended = sql`r.fins is not null and not exists (
    select from jsonb_each_text(r.fins) f where f.value is null or f.value >= ${day})`;
  const found = await lines(
    tx,
    target,
    sql`select m.fiche_id as fiche, m.numero,
        case when m.sha256 is null then 'part' when ${ended} then 'echue' else 'revient' end as what
      from moved m left join rendu r on r.input_hash = m.input_hash
      where m.kind = 'formation' and m.sha256 is distinct from m.before_sha
      union all select e.fiche_id, e.numero, 'urgence' from earlier e
      where e.kind = 'formation' and e.fiche_id in (select fiche_id from touched)`,
  );
  const counts = { revient: 0, part: 0, echue: 0, urgence: 0 };
  for (const { what } of found) counts[what] += 1;
  return { counts, lines: found.slice(0, LINES) };
}
