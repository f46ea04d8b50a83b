import type { Sql, Viewer } from '../connect.ts';

function noticesOf(sql: Sql, viewer: Viewer, unread: boolean) {
  const query = sql
    .selectFrom('avis')
    .leftJoin('avis_lu', (on) => on.onRef('avis_lu.avis_id', '=', 'avis.id').on('avis_lu.user_id', '=', viewer.userId))
    .innerJoin('soumission', 'soumission.id', 'avis.soumission_id');
  return unread ? query.where('avis_lu.avis_id', 'is', null) : query;
}

/** A slice of the notices for this person, newest first, with their exact count. */
export async function readNotices(
  sql: Sql,
  viewer: Viewer,
  asked: {
    readonly unread: boolean;
    readonly from: number;
    readonly limit: number;
    readonly order: 'asc' | 'desc';
  },
) {
  const rows = await noticesOf(sql, viewer, asked.unread)
    .select([
      'avis.id',
      'avis.kind',
      'avis.audience',
      'avis.soumission_id',
      'avis.data',
      'avis.at',
      'avis_lu.at as lu_le',
      'soumission.titre',
      'soumission.statut',
    ])
    .orderBy('avis.at', asked.order)
    .orderBy('avis.id', asked.order)
    .offset(asked.from)
    .limit(asked.limit)
    .execute();
  const { n } = await noticesOf(sql, viewer, asked.unread)
    .select((is) => is.fn.countAll<string>().as('n'))
    .executeTakeFirstOrThrow();
  return { rows, total: Number(n) };
}

/** Marks notices read by this person; those it may not see are left alone. Null marks all. */
export async function markNoticesRead(
  sql: Sql,
  viewer: Viewer,
  input: { readonly ids: readonly string[] | null; readonly at: number },
): Promise<void> {
  await sql
    .insertInto('avis_lu')
    .columns(['avis_id', 'user_id', 'at'])
    .expression((is) => {
      const seen = is
        .selectFrom('avis')
        .select(['id', is.val(viewer.userId).$castTo<string>().as('user_id'), is.val(new Date(input.at)).as('at')]);
      return input.ids === null ? seen : seen.where('id', 'in', input.ids);
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
