import type { NoticeAudience, NoticeKind } from '../../domain/model/vie.ts';
import { json, type Sql } from '../connect.ts';
import type { Step } from './commands/step.ts';

/** Something to show to people; `cle` is the same for the same thing told again. */
export interface Notice {
  readonly cle: string;
  readonly kind: NoticeKind;
  readonly audience: NoticeAudience;
  /** Ids, instants and words of a vocabulary only. */
  readonly data?: Readonly<Record<string, unknown>>;
}

export interface NoticePlace {
  readonly soumissionId: string;
  readonly ficheId: string;
  readonly organismeId: string;
  readonly at: number;
}

/** Leaves notices about one soumission. */
export async function leaveNotices(sql: Sql, place: NoticePlace, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  await sql
    .insertInto('avis')
    .values(
      notices.map(({ cle, kind, audience, data }) => ({
        cle,
        kind,
        audience,
        soumission_id: place.soumissionId,
        fiche_id: place.ficheId,
        organisme_id: place.organismeId,
        data: json<Record<string, unknown>>(data ?? {}),
        at: new Date(place.at),
      })),
    )
    .execute();
}

/** The same from a command, which runs once. */
export function noticesOfStep(
  { sql, row, commande, at }: Step,
  notices: readonly Omit<Notice, 'cle'>[],
): Promise<void> {
  const place = { soumissionId: row.id, ficheId: row.fiche_id, organismeId: row.organisme_id, at };
  return leaveNotices(
    sql,
    place,
    notices.map((notice, index) => ({ ...notice, cle: `${commande}:${index}` })),
  );
}

/** A decision was taken back: what it told the OF is told no more. */
export async function forgetDecisionNotices(sql: Sql, soumissionId: string): Promise<void> {
  await sql
    .deleteFrom('avis')
    .where('soumission_id', '=', soumissionId)
    .where('kind', 'in', ['corrections', 'refus'])
    .execute();
}
