import { z } from 'zod';
import type { Sql } from '../db/connect.ts';
import { containing } from '../db/offre/page.ts';
import { carriedTables } from '../db/reference/load.ts';
import { type CodeFound, searchCodes } from '../db/reference/search.ts';
import { texte } from '../domain/contract/common.ts';
import { codeFound, referentiel } from '../domain/contract/referentiel.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { iso } from './time.ts';

const noFilter = z.strictObject({ q: texte(200).optional() });

/** A short list that is whole in memory, cut like any other. */
function cut<T extends object>(rows: readonly T[], asked: { readonly from: number; readonly limit: number }) {
  return { rows: rows.slice(asked.from, asked.from + asked.limit), total: rows.length };
}

async function readReferentiels(sql: Sql) {
  const carried = (await carriedTables()).map(({ name, version, state, rows }) => ({
    id: `${name}-${version}`,
    nom: name,
    version,
    state: state as string,
    lignes: rows,
    loadedAt: null as string | null,
    alerte: null as string | null,
  }));
  const imported = await sql.selectFrom('referentiel').selectAll().orderBy('nom').execute();
  const rows = imported.map(({ nom, version, state, lignes, loaded_at: at, alerte }) => ({
    id: nom,
    nom,
    version,
    state,
    lignes,
    loadedAt: iso(at),
    alerte,
  }));
  return [...rows, ...carried];
}

const referentiels = listEndpoints({
  path: '/referentiels',
  noun: 'referentiels',
  summary: 'Reference tables: version, state, rows',
  tag: 'referentiels',
  access: ['read', 'referentiel'],
  filter: noFilter,
  sorts: ['nom', 'id'],
  first: ['nom', 'asc'],
  row: referentiel,
  read: async ({ deps, viewer }, asked) => {
    const rows = await deps.db.asViewer(viewer, (sql) => readReferentiels(sql));
    const sorted = rows.toSorted((a, b) => (a.nom < b.nom ? -1 : 1));
    return cut(asked.sort[1] === 'desc' ? sorted.toReversed() : sorted, asked);
  },
});

async function searchCertifications(sql: Sql, q: string, limit: number): Promise<CodeFound[]> {
  const rows = await sql
    .selectFrom('certification')
    .select(['numero_fiche', 'intitule', 'actif'])
    .where((is) =>
      is.or([is('numero_fiche', 'ilike', containing(q.replaceAll(' ', ''))), is('intitule', 'ilike', containing(q))]),
    )
    .orderBy('actif', 'desc')
    .orderBy('intitule')
    .limit(limit)
    .execute();
  return rows.map(({ numero_fiche: code, intitule: label, actif }) => ({
    code,
    label,
    ...(actif ? {} : { detail: 'INACTIVE' }),
  }));
}

const search = endpoint({
  method: 'get',
  path: '/referentiels/{nom}/search',
  summary: 'Codes of a table or dictionary of LHÉO that answer what was typed, best first',
  tag: 'referentiels',
  access: ['read', 'referentiel'],
  params: z.strictObject({ nom: texte(60, 1) }),
  query: z.strictObject({
    q: texte(100).default(''),
    version: texte(20).optional(),
    limit: z.coerce.number().int().min(1).max(500).default(20),
  }),
  answers: { 200: z.array(codeFound) },
  async handle({ deps, viewer, params: { nom }, query }) {
    const found =
      nom === 'certifications'
        ? await deps.db.asViewer(viewer, (sql) => searchCertifications(sql, query.q, query.limit))
        : await searchCodes(nom, query);
    if (found === undefined) throw new SofiError('introuvable', `Cannot find table "${nom}"`);
    return { body: found, headers: { 'Cache-Control': 'private, max-age=60' } };
  },
});

export const referentielsEndpoints: readonly Endpoint[] = [...referentiels, search];
