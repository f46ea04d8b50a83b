import type { JournalAct } from '../../domain/model/journal-acts.ts';
import type { Sql } from '../connect.ts';
import { containing, type Slice } from '../offre/page.ts';

export interface JournalFilter {
  readonly id?: readonly string[] | undefined;
  readonly fiche?: readonly string[] | undefined;
  readonly soumission?: readonly string[] | undefined;
  readonly by?: readonly string[] | undefined;
  readonly act?: readonly JournalAct[] | undefined;
  readonly from?: Date | undefined;
  /** Excluded. */
  readonly until?: Date | undefined;
  /** A text of what was told beside the act. */
  readonly q?: string | undefined;
}
export const JOURNAL_SORTS = ['id', 'at'] as const;
type JournalSort = (typeof JOURNAL_SORTS)[number];

function matching(sql: Sql, filter: JournalFilter) {
  let query = sql.selectFrom('journal');
  if (filter.id !== undefined) query = query.where('journal.id', 'in', filter.id);
  if (filter.fiche !== undefined) query = query.where('journal.fiche_id', 'in', filter.fiche);
  if (filter.soumission !== undefined) query = query.where('journal.soumission_id', 'in', filter.soumission);
  if (filter.by !== undefined) query = query.where('journal.by', 'in', filter.by);
  if (filter.act !== undefined) query = query.where('journal.act', 'in', filter.act);
  if (filter.from !== undefined) query = query.where('journal.at', '>=', filter.from);
  if (filter.until !== undefined) query = query.where('journal.at', '<', filter.until);
  if (filter.q !== undefined && filter.q !== '') {
    const { q } = filter;
    query = query.where((is) => is(is.cast<string>('journal.data', 'text'), 'ilike', containing(q)));
  }
  return query;
}

/** Steps that the viewer may see, each with the title of its fiche and the name of who acted, and their exact count. */
export async function searchJournal(sql: Sql, asked: Slice<JournalFilter, JournalSort>) {
  const { n } = await matching(sql, asked.filter)
    .select((is) => is.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  const rows = await matching(sql, asked.filter)
    .leftJoin('user_account', 'user_account.id', 'journal.by')
    .leftJoin('formation', 'formation.id', 'journal.fiche_id')
    .leftJoin('organisme', 'organisme.id', 'journal.fiche_id')
    .leftJoin('soumission', 'soumission.id', 'journal.soumission_id')
    .selectAll('journal')
    .select(['user_account.nom', 'formation.intitule', 'organisme.nom as organisme_nom', 'soumission.titre'])
    .orderBy(`journal.${asked.sort[0]}`, asked.sort[1])
    .orderBy('journal.id', asked.sort[1])
    .offset(asked.from)
    .limit(asked.limit)
    .execute();
  return { rows, total: Number(n) };
}
