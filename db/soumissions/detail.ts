import type { FicheDocument } from '../../domain/model/documents.ts';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql, Viewer } from '../connect.ts';

/** What a review shows of a soumission beside its row. */
export async function readDetail(sql: Sql, viewer: Viewer, id: string) {
  const row = await sql
    .selectFrom('soumission')
    .select(['fiche_id', 'kind', 'version', 'statut', 'base_version', 'document', 'controles', 'apercu_cpf'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return {
    ...row,
    // While an OF answers a request for changes the row holds what it is writing; a review shows what was deposited.
    document:
      row.statut === 'correctionsDemandees' ? ((await revision(sql, id, row.version)) ?? row.document) : row.document,
    // A creation replaces nothing, also after its approval was undone.
    base: row.kind === 'creation' ? null : await accepted(sql, row.fiche_id, row.base_version),
    decision: await lastDecision(sql, id),
    mends: await readMends(sql, id),
    timeline: await readTimeline(sql, viewer, id),
    organismeSoumission: (await organismeWaiting(sql, id))?.id ?? null,
  };
}
export type SoumissionDetail = Awaited<ReturnType<typeof readDetail>>;

/** The content of one deposited version, or undefined. */
export async function revision(sql: Sql, id: string, n: number): Promise<FicheDocument | undefined> {
  const row = await sql
    .selectFrom('soumission_revision')
    .select('document')
    .where('soumission_id', '=', id)
    .where('n', '=', n)
    .executeTakeFirst();
  return row?.document;
}

async function accepted(sql: Sql, ficheId: string, n: number) {
  const row = await sql
    .selectFrom('fiche_version')
    .select('document')
    .where('fiche_id', '=', ficheId)
    .where('n', '=', n)
    .executeTakeFirst();
  return row === undefined ? null : { version: n, document: row.document };
}

/** The decision that stands: what, by whom, when; null when there is none. */
export async function lastDecision(sql: Sql, id: string) {
  const row = await sql
    .selectFrom('decision')
    .leftJoin('user_account', 'user_account.id', 'decision.by')
    .select(['kind', 'at', 'motif', 'champs', 'by', 'user_account.nom', 'user_account.role'])
    .where('soumission_id', '=', id)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .executeTakeFirst();
  return row ?? null;
}

/** What moderators mended, oldest first. */
function readMends(sql: Sql, id: string) {
  return sql
    .selectFrom('mend')
    .leftJoin('user_account', 'user_account.id', 'mend.by')
    .select(['mend.version', 'mend.at', 'mend.champs', 'mend.by', 'user_account.nom', 'user_account.role'])
    .where('mend.soumission_id', '=', id)
    .orderBy('mend.version')
    .execute();
}

/** The steps of one soumission, oldest first, each with who acted and, for a decision, what was said. */
function readTimeline(sql: Sql, viewer: Viewer, id: string) {
  return sql
    .selectFrom('journal')
    .leftJoin('user_account', 'user_account.id', 'journal.by')
    .leftJoin('decision', (on) =>
      on.on((is) => is('decision.id', '=', is.cast<string>(is.ref('journal.data', '->>').key('decision'), 'uuid'))),
    )
    .select([
      'journal.n',
      'journal.at',
      'journal.act',
      'journal.by',
      'journal.role',
      'journal.from_statut',
      'journal.to_statut',
      'journal.data',
      'user_account.nom',
      'decision.motif',
      'decision.champs',
    ])
    .where('journal.soumission_id', '=', id)
    .where((is) => (viewer.role === 'of' ? is('journal.interne', '=', false) : is.lit(true)))
    .orderBy('journal.n')
    .execute();
}
export type TimelineRow = Awaited<ReturnType<typeof readTimeline>>[number];

/** The open soumission of the organisme of a formation's soumission, while that organisme has no accepted version. */
export function organismeWaiting(sql: Sql, id: string) {
  return sql
    .selectFrom('soumission as mine')
    .innerJoin('fiche', 'fiche.id', 'mine.organisme_id')
    .innerJoin('soumission', 'soumission.fiche_id', 'mine.organisme_id')
    .select(['soumission.id', 'soumission.version'])
    .where('mine.id', '=', id)
    .whereRef('mine.fiche_id', '<>', 'mine.organisme_id')
    .where('soumission.statut', 'in', [...OPEN_STATUTS])
    .where('fiche.version_n', '=', 0)
    .executeTakeFirst();
}
