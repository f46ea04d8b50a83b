import { sql } from 'kysely';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';
import { freeze } from './freeze.ts';
import { type DifferenceCounts, differenceOf } from './members.ts';
import { publishSoumissions } from './publish-soumissions.ts';
import { type ReleaseStand, readRelease } from './releases.ts';
import { holdErasures } from './removal-guard.ts';

export interface SwitchReport {
  /** `again`: fiches have to be rendered first. */
  readonly state: 'published' | 'empty' | 'again';
  readonly difference: DifferenceCounts;
}

/**
 * Makes a release the current one, all at once: members, statuses, journal, promises. What was withdrawn in emergency or
 * rid of a person since the freeze goes with it: `again` until every fiche has its outcome. A call that finds it switched
 * changes nothing.
 */
export async function switchRelease(tx: Sql, n: number, at: Date): Promise<SwitchReport> {
  await sql`select n from release where n = ${n} for update`.execute(tx);
  const stand = await readRelease(tx, n);
  if (stand === undefined) throw new SofiError('introuvable', `Cannot find release ${n}`);
  if (['failed', 'stopped', 'held', 'tried'].includes(stand.state) || stand.dryRun)
    throw new SofiError('release-ouverte', `Cannot switch release ${n}: it is ${stand.state}`);
  if (stand.state === 'open') {
    if ((await takeUrgences(tx, stand)) > 0) return { state: 'again', difference: await differenceOf(tx, n) };
    await apply(tx, stand, at);
  }
  const after = await readRelease(tx, n);
  return { state: after?.state === 'empty' ? 'empty' : 'published', difference: await differenceOf(tx, n) };
}

async function lockChanges(tx: Sql, n: number): Promise<void> {
  await sql`select count(*) from (select f.id from fiche f join release_change c on c.fiche_id = f.id
    where c.release_n = ${n} order by f.id for update of f) held`.execute(tx);
}

async function apply(tx: Sql, { n, kind }: ReleaseStand, at: Date): Promise<void> {
  await moveMembers(tx, n);
  await rememberWriter(tx, n);
  await rememberFiches(tx, n);
  if (kind === 'rollback') await forgetDigests(tx, n);
  else await publishSoumissions(tx, n, at);
  await sql`update urgence u set release_n = ${n} from release_change c
    where c.release_n = ${n} and u.fiche_id = c.fiche_id and u.release_n is null`.execute(tx);
  const state = (await holdsFormations(tx)) ? 'published' : 'empty';
  await sql`update release set state = ${state}, switched_at = ${at}, step = 'files'
    where n = ${n}`.execute(tx);
}

async function holdsFormations(tx: Sql): Promise<boolean> {
  const { rows } = await sql`
    select 1 from release_member where to_release is null and kind = 'formation' limit 1`.execute(tx);
  return rows.length > 0;
}

/** Freezes what became urgent since the freeze; answers how many fiches wait to be rendered. */
async function takeUrgences(tx: Sql, { n, day }: ReleaseStand): Promise<number> {
  await holdErasures(tx);
  await lockChanges(tx, n);
  await sql`delete from release_change c using urgence u, fiche f where c.release_n = ${n} and u.release_n is null
    and u.fiche_id = c.fiche_id and u.kind = 'retrait' and f.id = c.fiche_id and c.accepted_n < f.version_n`.execute(
    tx,
  );
  await freeze(tx, { n, day, writerVersion: WRITER_VERSION, kind: 'emergency' });
  const { rows } = await sql<{ left: number }>`
    select count(*)::int as left from release_change where release_n = ${n} and outcome = 'pending'`.execute(tx);
  return rows[0]?.left ?? 0;
}

async function moveMembers(tx: Sql, n: number): Promise<void> {
  await sql`update release_member m set to_release = ${n}, reason = case c.outcome when 'deleted' then c.reason end
    from release_change c
    where c.release_n = ${n} and c.outcome in ('changed', 'deleted') and m.fiche_id = c.fiche_id and m.to_release is null`.execute(
    tx,
  );
  await sql`insert into release_member (fiche_id, from_release, numero, kind, sha256, version_n, input_hash, actions, sessions)
    select c.fiche_id, ${n}, r.numero, f.kind, c.sha256, c.version_n, c.input_hash, r.actions, r.sessions
    from release_change c join fiche f on f.id = c.fiche_id join rendu r on r.input_hash = c.input_hash
    where c.release_n = ${n} and c.outcome = 'changed'`.execute(tx);
}

/** Bytes that another writer makes the same are this one's from now on: they are not tried again at each release. */
async function rememberWriter(tx: Sql, n: number): Promise<void> {
  await sql`update release_member m set input_hash = c.input_hash
    from release_change c, rendu was, rendu now
    where c.release_n = ${n} and c.outcome = 'same' and m.fiche_id = c.fiche_id and m.to_release is null
      and was.input_hash = m.input_hash and now.input_hash = c.input_hash and now.sha256 = m.sha256
      and was.writer_version <> now.writer_version`.execute(tx);
}

async function rememberFiches(tx: Sql, n: number): Promise<void> {
  await sql`insert into fiche_rendue (fiche_id, release_n, digest, writer_version, outcome, reason)
    select c.fiche_id, ${n}, c.digest, coalesce(r.writer_version, ${WRITER_VERSION}),
      case when c.kept_out is null then c.outcome else 'kept' end, coalesce(c.kept_out, c.reason)
    from release_change c left join rendu r on r.input_hash = c.input_hash where c.release_n = ${n}
    on conflict (fiche_id) do update set release_n = excluded.release_n, digest = excluded.digest,
      writer_version = excluded.writer_version, outcome = excluded.outcome, reason = excluded.reason`.execute(tx);
  await sql`update formation f set prochain_changement = r.prochain_changement
    from release_change c left join rendu r on r.input_hash = c.input_hash
    where c.release_n = ${n} and f.id = c.fiche_id and f.version_n = c.version_n
      and f.prochain_changement is distinct from r.prochain_changement`.execute(tx);
}

/** After a roll-back, the next release that is not held takes up again what was moved. */
async function forgetDigests(tx: Sql, n: number): Promise<void> {
  await sql`update fiche_rendue p set digest = '' from release_change c
    where c.release_n = ${n} and p.fiche_id = c.fiche_id`.execute(tx);
}
