import type { Sql } from '../connect.ts';
import { markedAsEntered } from '../moderation/contact-marks.ts';
import { containing, readSlice, type Slice } from './page.ts';
import { organismesFound } from './search.ts';

export interface OrganismeFilter {
  readonly id?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly siret?: readonly string[] | undefined;
  readonly nda?: readonly string[] | undefined;
  readonly departement?: readonly string[] | undefined;
}
export const ORGANISME_SORTS = ['nom', 'nda', 'siret', 'commune', 'id'] as const;
type OrganismeSort = (typeof ORGANISME_SORTS)[number];

export interface SiteFilter {
  readonly id?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly organisme?: readonly string[] | undefined;
}
export const SITE_SORTS = ['nom', 'commune', 'id'] as const;
type SiteSort = (typeof SITE_SORTS)[number];

const ORGANISME_COLUMNS = {
  nom: 'nom',
  nda: 'nda',
  siret: 'siret',
  commune: 'commune',
  id: 'id',
} as const satisfies Record<OrganismeSort, string>;
const SITE_COLUMNS = { nom: 'nom', commune: 'commune', id: 'id' } as const satisfies Record<SiteSort, string>;

function organismes(sql: Sql, filter: OrganismeFilter) {
  let query = sql.selectFrom('organisme').where('retire_le', 'is', null);
  if (filter.id !== undefined) query = query.where('id', 'in', filter.id);
  if (filter.siret !== undefined) query = query.where('siret', 'in', filter.siret);
  if (filter.nda !== undefined) query = query.where('nda', 'in', filter.nda);
  if (filter.departement !== undefined) query = query.where('departement', 'in', filter.departement);
  if (filter.q !== undefined && filter.q !== '') {
    query = query.where('id', 'in', organismesFound(filter.q));
  }
  return query;
}

/** A slice of the accepted organismes with their exact count. */
export async function readOrganismes(sql: Sql, asked: Slice<OrganismeFilter, OrganismeSort>) {
  return readSlice(
    { rows: organismes(sql, asked.filter).selectAll(), all: organismes(sql, asked.filter), columns: ORGANISME_COLUMNS },
    asked,
  );
}

/** One accepted organisme with its document; undefined when not in the offer. */
export async function readOrganisme(sql: Sql, id: string) {
  const row = await organismes(sql, { id: [id] })
    .selectAll()
    .executeTakeFirst();
  const version = await sql
    .selectFrom('fiche_version')
    .innerJoin('fiche', (on) =>
      on.onRef('fiche.id', '=', 'fiche_version.fiche_id').onRef('fiche.version_n', '=', 'fiche_version.n'),
    )
    .select('document')
    .where('fiche.id', '=', id)
    .executeTakeFirst();
  if (row === undefined || version === undefined) return undefined;
  return { row, document: await markedAsEntered(sql, version.document) };
}

function sites(sql: Sql, filter: SiteFilter) {
  let query = sql.selectFrom('site').where('retire_le', 'is', null);
  if (filter.id !== undefined) query = query.where('id', 'in', filter.id);
  if (filter.organisme !== undefined) query = query.where('organisme_id', 'in', filter.organisme);
  if (filter.q !== undefined && filter.q !== '') {
    const found = containing(filter.q);
    query = query.where((is) => is.or([is('nom', 'ilike', found), is('commune', 'ilike', found)]));
  }
  return query;
}

/** A slice of the accepted sites with their exact count. */
export async function readSites(sql: Sql, asked: Slice<SiteFilter, SiteSort>) {
  return readSlice(
    { rows: sites(sql, asked.filter).selectAll(), all: sites(sql, asked.filter), columns: SITE_COLUMNS },
    asked,
  );
}
