import { sql as raw } from 'kysely';
import { SofiError } from '../../domain/model/errors.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql } from '../connect.ts';
import type { FicheRecord, StepRecord } from './rows.ts';

/** Refuses with `code` what a release already froze: whoever comes later takes part in the next one. */
export async function requireUnfrozen(
  sql: Sql,
  fiches: readonly FicheRecord[],
  code: 'annulation-depassee' | 'retrait-gele',
): Promise<void> {
  const { rows } = await raw<{ fiche: string }>`select c.fiche_id as fiche from release r
    join release_change c on c.release_n = r.n
    where r.state = 'open' and c.fiche_id = any (${fiches.map(({ id }) => id)}::uuid[]) limit 1`.execute(sql);
  const [frozen] = rows;
  if (frozen === undefined) return;
  throw new SofiError(code, `Cannot take back what a release froze of fiche "${frozen.fiche}"`, frozen);
}

/** A soumission to take back, with its fiche. */
export interface ToTakeBack {
  readonly fiche: FicheRecord;
  readonly row: StepRecord;
}

/** Two fiches became one: the fiche left, or this soumission brought the other's sessions in; taking it back would lose them. */
async function requireSingle(sql: Sql, places: readonly ToTakeBack[]): Promise<void> {
  const { rows } = await raw<{
    stays: string;
    at: Date | null;
  }>`select remplace_par as stays, fermee_le as at from fiche
    where remplace_par = any (${places.map(({ fiche }) => fiche.id)}::uuid[])`.execute(sql);
  const becameOne = ({ fiche, row: { deposee_le } }: ToTakeBack) =>
    fiche.remplace_par !== null ||
    rows.some(({ stays, at }) => stays === fiche.id && at !== null && at.getTime() === deposee_le?.getTime());
  const one = places.find(becameOne);
  if (one === undefined) return;
  const { fiche, row } = one;
  throw new SofiError('annulation-depassee', `Cannot take the merge "${row.id}" back`, { fiche: fiche.id });
}

interface WentOn {
  readonly id: string;
  readonly soumission: string | null;
  readonly version: number | null;
}

/**
 * Refuses `annulation-depassee` when one of the fiches went on: another open soumission, a version accepted after this
 * one, or two fiches became one.
 */
export async function requireLast(sql: Sql, places: readonly ToTakeBack[]): Promise<void> {
  await requireSingle(sql, places);
  const columns = places.map(({ fiche, row }) => [fiche.id, row.id, row.decidee_le ?? row.created_at] as const);
  const { rows } = await raw<WentOn>`select * from (
      select x.id, (select s.id from soumission s where s.fiche_id = x.fiche and s.id <> x.id
          and s.statut = any (${[...OPEN_STATUTS]}::text[]) limit 1) as soumission,
        (select min(v.n) from fiche_version v where v.fiche_id = x.fiche and v.soumission_id <> x.id
          and v.accepted_at > x.since) as version
      from unnest(${columns.map(([fiche]) => fiche)}::uuid[], ${columns.map(([, id]) => id)}::uuid[],
        ${columns.map(([, , since]) => since.toISOString())}::timestamptz[]) as x(fiche, id, since)) went
    where soumission is not null or version is not null limit 1`.execute(sql);
  const [went] = rows;
  if (went === undefined) return;
  const { id, soumission, version } = went;
  throw new SofiError('annulation-depassee', `Cannot take soumission "${id}" back: its fiche went on`, {
    ...(soumission === null ? {} : { soumission }),
    ...(version === null ? {} : { version }),
  });
}
