import { sql as raw, type SelectQueryBuilder } from 'kysely';
import type { FicheKind, SoumissionKind, Source, Statut } from '../../domain/model/vocabulary.ts';
import type { Sql, Tables, Viewer } from '../connect.ts';
import { containing, type Slice } from '../offre/page.ts';
import { fichesNumbered, organismesFound } from '../offre/search.ts';

export interface SoumissionFilter {
  readonly id?: readonly string[] | undefined;
  /** Words of the title or the organisme's name, or a numero. */
  readonly q?: string | undefined;
  readonly statut?: readonly Statut[] | undefined;
  readonly kind?: readonly SoumissionKind[] | undefined;
  readonly source?: readonly Source[] | undefined;
  readonly fiche?: readonly string[] | undefined;
  readonly ficheKind?: readonly FicheKind[] | undefined;
  readonly organisme?: readonly string[] | undefined;
  readonly import?: readonly string[] | undefined;
  readonly claim?: 'mine' | 'none' | 'other' | undefined;
  /** Its next promise is already missed. */
  readonly late?: boolean | undefined;
  /** The last release kept it out. */
  readonly horsRelease?: boolean | undefined;
}
export const SOUMISSION_SORTS = ['due', 'deposeeLe', 'decideeLe', 'titre', 'statut', 'savedAt', 'id'] as const;
type SoumissionSort = (typeof SOUMISSION_SORTS)[number];

const SORT_COLUMNS = {
  due: 'soumission.due_at',
  deposeeLe: 'soumission.deposee_le',
  decideeLe: 'soumission.decidee_le',
  titre: 'soumission.titre',
  statut: 'soumission.statut',
  savedAt: 'soumission.saved_at',
  id: 'soumission.id',
} as const satisfies Record<SoumissionSort, string>;

export interface Reader {
  readonly viewer: Viewer;
  readonly now: Date;
}

/** A draft is its author's organisation's; the Cariforef sees only those it writes on behalf. */
function visible(sql: Sql, { viewer }: Reader) {
  const query = sql.selectFrom('soumission');
  if (viewer.role === 'of') return query;
  return query.where((is) => is.or([is('soumission.statut', '<>', 'brouillon'), is('soumission.pour_of', '=', true)]));
}

/** Who holds it now: nobody once the lease is over. */
const heldNow = ({ now }: Reader) =>
  raw<string>`(select claim.user_id from claim where claim.soumission_id = soumission.id and claim.live
    and claim.expires_at > ${now} and soumission.statut = 'enRevue')`;

function matching(sql: Sql, reader: Reader, filter: SoumissionFilter) {
  const { userId } = reader.viewer;
  let query = visible(sql, reader);
  if (filter.id !== undefined) query = query.where('soumission.id', 'in', filter.id);
  // Written out, for the plan that is kept to know which partial index holds them.
  if (filter.statut !== undefined)
    query = query.where(
      'soumission.statut',
      'in',
      filter.statut.map((one) => raw.lit(one)),
    );
  if (filter.kind !== undefined) query = query.where('soumission.kind', 'in', filter.kind);
  if (filter.source !== undefined) query = query.where('soumission.source', 'in', filter.source);
  if (filter.fiche !== undefined) query = query.where('soumission.fiche_id', 'in', filter.fiche);
  if (filter.ficheKind !== undefined) {
    const { ficheKind } = filter;
    query = query.where('soumission.fiche_id', 'in', (is) =>
      is.selectFrom('fiche').select('fiche.id').where('fiche.kind', 'in', ficheKind),
    );
  }
  if (filter.organisme !== undefined) query = query.where('soumission.organisme_id', 'in', filter.organisme);
  if (filter.import !== undefined) query = query.where('soumission.import_id', 'in', filter.import);
  if (filter.claim === 'mine') query = query.where(heldNow(reader), '=', userId);
  if (filter.claim === 'other') query = query.where(heldNow(reader), '<>', userId);
  if (filter.claim === 'none') query = query.where(heldNow(reader), 'is', null);
  if (filter.late === true) query = query.where('soumission.due_at', '<', reader.now);
  if (filter.late === false) query = query.where('soumission.due_at', '>=', reader.now);
  if (filter.horsRelease !== undefined)
    query = query.where('soumission.hors_release', filter.horsRelease ? 'is not' : 'is', null);
  if (filter.q !== undefined && filter.q !== '') {
    const { q } = filter;
    query = query.where((is) =>
      is.or([
        is('soumission.titre', 'ilike', containing(q)),
        is('soumission.organisme_id', 'in', organismesFound(q)),
        is('soumission.fiche_id', 'in', fichesNumbered(q)),
      ]),
    );
  }
  return query;
}

const COLUMNS = [
  'soumission.id',
  'soumission.fiche_id',
  'fiche.kind as fiche_kind',
  'fiche.version_n as fiche_version',
  'soumission.organisme_id',
  'soumission.kind',
  'soumission.source',
  'soumission.source_name',
  'soumission.statut',
  'soumission.version',
  'soumission.titre',
  'soumission.resume',
  'soumission.due_at',
  'soumission.echeances',
  'soumission.deposee_le',
  'soumission.decidee_le',
  'soumission.decidee_par',
  'soumission.release_n',
  'soumission.hors_release',
  'soumission.auteur_id',
  'soumission.pour_of',
  'soumission.base_version',
  'claim.user_id as claim_by',
  'claim.token as claim_token',
  'claim.expires_at as claim_expires',
] as const;

/** What lists show of the soumissions that `page` names: joined to a page only, never to all that it was cut from. */
function rowsOf(sql: Sql, { now }: Reader, page: Page) {
  return sql
    .selectFrom(page.as('page'))
    .innerJoin('soumission', 'soumission.id', 'page.id')
    .innerJoin('fiche', 'fiche.id', 'soumission.fiche_id')
    .leftJoin('organisme', 'organisme.id', 'soumission.organisme_id')
    .leftJoin('formation', 'formation.id', 'soumission.fiche_id')
    .leftJoin('claim', (on) =>
      on
        .onRef('claim.soumission_id', '=', 'soumission.id')
        .on('claim.live', '=', true)
        .on('claim.expires_at', '>', now)
        .on('soumission.statut', '=', 'enRevue'),
    )
    .leftJoin('user_account as holder', 'holder.id', 'claim.user_id')
    .leftJoin('premiere_voix', (on) =>
      on
        .onRef('premiere_voix.soumission_id', '=', 'soumission.id')
        .onRef('premiere_voix.version', '=', 'soumission.version'),
    )
    .leftJoin('user_account as voice', 'voice.id', 'premiere_voix.by')
    .select(COLUMNS)
    .select([
      'holder.nom as holder_nom',
      'holder.role as holder_role',
      'premiere_voix.by as voice_by',
      'voice.nom as voice_nom',
      'voice.role as voice_role',
      raw<string | null>`coalesce(formation.numero, organisme.numero, soumission.document ->> 'numero')`.as('numero'),
      raw<number>`coalesce((soumission.controles ->> 'blocking')::int, 0)`.as('blocking'),
      raw<number>`coalesce((soumission.controles ->> 'warnings')::int, 0)`.as('warnings'),
      // An organisme that is not accepted yet is called by what was entered of it.
      raw<string>`coalesce(organisme.nom, (
        select o.titre from soumission o where o.fiche_id = soumission.organisme_id order by o.id desc limit 1), '')`.as(
        'organisme_nom',
      ),
    ]);
}
type Page = SelectQueryBuilder<Tables, 'soumission', { id: string }>;
export type SoumissionListed = NonNullable<Awaited<ReturnType<typeof readSoumissionRow>>>;

/** A slice of the soumissions that the viewer may see, with their exact count, in one question. */
export async function readSoumissions(sql: Sql, reader: Reader, asked: Slice<SoumissionFilter, SoumissionSort>) {
  const [name, order] = asked.sort;
  const column = SORT_COLUMNS[name];
  const ordered = <DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>) =>
    query.orderBy(raw`${raw.ref(column)} ${raw.raw(order)} nulls last`).orderBy(raw.ref('soumission.id'));
  const all = matching(sql, reader, asked.filter);
  const page = ordered(all.select('soumission.id')).offset(raw.lit(asked.from)).limit(raw.lit(asked.limit));
  const rows = await ordered(rowsOf(sql, reader, page))
    .select(() => all.select(raw<string>`count(*)`.as('n')).as('total'))
    .execute();
  if (rows.length > 0 || asked.from === 0) return { rows, total: Number(rows[0]?.total ?? 0) };
  const { n } = await all.select(raw<string>`count(*)`.as('n')).executeTakeFirstOrThrow();
  return { rows, total: Number(n) };
}

/** One soumission's row as lists show it; undefined behind the wall. */
export function readSoumissionRow(sql: Sql, reader: Reader, id: string) {
  const one = visible(sql, reader).select('soumission.id').where('soumission.id', '=', id);
  return rowsOf(sql, reader, one).executeTakeFirst();
}

/** The version of a soumission that the viewer may see; undefined behind the wall. Far cheaper than its row. */
export async function readVersion(sql: Sql, reader: Reader, id: string): Promise<number | undefined> {
  const row = await visible(sql, reader)
    .select('soumission.version')
    .where('soumission.id', '=', id)
    .executeTakeFirst();
  return row?.version;
}
