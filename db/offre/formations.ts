import { sql as raw } from 'kysely';
import { OPEN_STATUTS } from '../../domain/model/statuts.ts';
import type { Sql } from '../connect.ts';
import { markedAsEntered } from '../moderation/contact-marks.ts';
import { readSlice, type Slice } from './page.ts';
import { formationsFound } from './search.ts';

export interface FormationFilter {
  readonly id?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly organisme?: readonly string[] | undefined;
  readonly numero?: readonly string[] | undefined;
  readonly certifiante?: boolean | undefined;
}
export const FORMATION_SORTS = ['intitule', 'numero', 'maj', 'organisme', 'id'] as const;
type FormationSort = (typeof FORMATION_SORTS)[number];

const SORT_COLUMNS = {
  intitule: 'formation.intitule',
  numero: 'formation.numero',
  maj: 'formation.maj',
  organisme: 'organisme.nom',
  id: 'formation.id',
} as const satisfies Record<FormationSort, string>;

function matching(sql: Sql, filter: FormationFilter) {
  let query = sql
    .selectFrom('formation')
    .leftJoin('organisme', 'organisme.id', 'formation.organisme_id')
    .where('formation.retire_le', 'is', null);
  if (filter.id !== undefined) query = query.where('formation.id', 'in', filter.id);
  if (filter.organisme !== undefined) query = query.where('formation.organisme_id', 'in', filter.organisme);
  if (filter.numero !== undefined) query = query.where('formation.numero', 'in', filter.numero);
  if (filter.certifiante !== undefined) query = query.where('formation.certifiante', '=', filter.certifiante);
  if (filter.q !== undefined && filter.q !== '') {
    query = query.where('formation.id', 'in', formationsFound(filter.q));
  }
  return query;
}

function rowsOf(sql: Sql, filter: FormationFilter) {
  return matching(sql, filter)
    .select([
      'formation.id',
      'formation.numero',
      'formation.intitule',
      'formation.organisme_id',
      'organisme.nom as organisme_nom',
      'formation.certifiante',
      'formation.rncp',
      'formation.rs',
      'formation.version_n',
      'formation.maj',
    ])
    .select((is) => [
      is
        .selectFrom('action')
        .select(is.fn.countAll<number>().as('n'))
        .whereRef('action.formation_id', '=', 'formation.id')
        .where('action.retire_le', 'is', null)
        .as('actions'),
      is
        .selectFrom('session')
        .select(is.fn.countAll<number>().as('n'))
        .whereRef('session.formation_id', '=', 'formation.id')
        .where('session.retire_le', 'is', null)
        .as('sessions'),
      is
        .selectFrom('release_member')
        .select('from_release')
        .whereRef('fiche_id', '=', 'formation.id')
        .where('to_release', 'is', null)
        .as('release'),
      is
        .selectFrom('soumission')
        .select(raw<{ id: string; statut: string }>`jsonb_build_object('id', id, 'statut', statut)`.as('open'))
        .whereRef('fiche_id', '=', 'formation.id')
        .where('statut', 'in', [...OPEN_STATUTS])
        .limit(1)
        .as('soumission'),
    ]);
}
export type FormationRecord = Awaited<ReturnType<typeof readFormations>>['rows'][number];

/** A slice of the accepted formations with their exact count. */
export async function readFormations(sql: Sql, asked: Slice<FormationFilter, FormationSort>) {
  return readSlice({ rows: rowsOf(sql, asked.filter), all: matching(sql, asked.filter), columns: SORT_COLUMNS }, asked);
}

/** One accepted formation with its document and the CPF marking of its sessions; undefined when not in the offer. */
export async function readFormation(sql: Sql, id: string) {
  const row = await rowsOf(sql, { id: [id] }).executeTakeFirst();
  const version = await sql
    .selectFrom('fiche_version')
    .innerJoin('fiche', (on) =>
      on.onRef('fiche.id', '=', 'fiche_version.fiche_id').onRef('fiche.version_n', '=', 'fiche_version.n'),
    )
    .select('document')
    .where('fiche.id', '=', id)
    .executeTakeFirst();
  if (row === undefined || version === undefined) return undefined;
  const cpf = await sql
    .selectFrom('cpf_marking')
    .select(['session_id', 'answer', 'code', 'debut', 'fin', 'proof'])
    .where('formation_id', '=', id)
    .orderBy('session_id')
    .execute();
  return { row, document: await markedAsEntered(sql, version.document), cpf };
}
