import type { Sql } from '../connect.ts';
import { containing, readSlice, type Slice } from './page.ts';

export interface SessionFilter {
  readonly id?: readonly string[] | undefined;
  readonly q?: string | undefined;
  readonly formation?: readonly string[] | undefined;
  readonly organisme?: readonly string[] | undefined;
  readonly etatRecrutement?: readonly string[] | undefined;
}
export const SESSION_SORTS = ['debut', 'fin', 'numero', 'id'] as const;
type SessionSort = (typeof SESSION_SORTS)[number];

const SORT_COLUMNS = {
  debut: 'session.debut',
  fin: 'session.fin',
  numero: 'session.numero',
  id: 'session.id',
} as const satisfies Record<SessionSort, string>;

function matching(sql: Sql, filter: SessionFilter) {
  let query = sql
    .selectFrom('session')
    .innerJoin('formation', 'formation.id', 'session.formation_id')
    .leftJoin('cpf_marking', 'cpf_marking.session_id', 'session.id')
    .where('session.retire_le', 'is', null)
    .where('formation.retire_le', 'is', null);
  if (filter.id !== undefined) query = query.where('session.id', 'in', filter.id);
  if (filter.formation !== undefined) query = query.where('session.formation_id', 'in', filter.formation);
  if (filter.organisme !== undefined) query = query.where('formation.organisme_id', 'in', filter.organisme);
  if (filter.etatRecrutement !== undefined) {
    query = query.where('session.etat_recrutement', 'in', filter.etatRecrutement);
  }
  if (filter.q !== undefined && filter.q !== '') {
    const { q } = filter;
    query = query.where((is) =>
      is.or([is('formation.intitule', 'ilike', containing(q)), is('session.numero', '=', q)]),
    );
  }
  return query;
}

/** A slice of the accepted sessions with their exact count. */
export async function readSessions(sql: Sql, asked: Slice<SessionFilter, SessionSort>) {
  return readSlice(
    {
      rows: matching(sql, asked.filter).select([
        'session.id',
        'session.numero',
        'session.debut',
        'session.fin',
        'session.etat_recrutement',
        'formation.id as formation_id',
        'formation.numero as formation_numero',
        'formation.intitule',
        'cpf_marking.answer as cpf',
      ]),
      all: matching(sql, asked.filter),
      columns: SORT_COLUMNS,
    },
    asked,
  );
}
