import { z } from 'zod';
import { ORGANISME_SORTS, readOrganisme, readOrganismes, readSites, SITE_SORTS } from '../../db/offre/organismes.ts';
import { organisme, organismeRow, siteRow } from '../../domain/contract/offre.contract.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { listEndpoints } from '../list-endpoint.ts';
import { ids, searched } from '../lists.ts';
import { byId, code, found, shownTo } from './one.ts';

type OrganismeRecord = Awaited<ReturnType<typeof readOrganismes>>['rows'][number];

const organismeDto = (row: OrganismeRecord) => ({
  id: row.id,
  nda: row.nda,
  siret: row.siret,
  nom: row.nom,
  raisonSociale: row.raison_sociale,
  commune: row.commune,
  codePostal: row.code_postal,
  departement: row.departement,
  version: row.version_n,
});

type SiteRecord = Awaited<ReturnType<typeof readSites>>['rows'][number];

const siteDto = (row: SiteRecord) => ({
  id: row.id,
  organisme: row.organisme_id,
  nom: row.nom,
  insee: row.insee,
  commune: row.commune,
  codePostal: row.code_postal,
  latitude: row.latitude,
  longitude: row.longitude,
});

const organismes = listEndpoints({
  path: '/organismes',
  noun: 'organismes',
  summary: 'Accepted organismes',
  tag: 'offre',
  access: ['read', 'offre'],
  filter: z.strictObject({
    id: ids.optional(),
    q: searched.optional(),
    siret: code.optional(),
    nda: code.optional(),
    departement: code.optional(),
  }),
  sorts: ORGANISME_SORTS,
  first: ['nom', 'asc'],
  row: organismeRow,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readOrganismes(sql, asked));
    return { rows: rows.map(organismeDto), total };
  },
});

const oneOrganisme = endpoint({
  method: 'get',
  path: '/organismes/{id}',
  summary: 'An accepted organisme with its document',
  tag: 'offre',
  access: ['read', 'offre'],
  params: byId,
  answers: { 200: organisme },
  async handle({ deps, viewer, params: { id } }) {
    const it = found(await deps.db.asViewer(viewer, (sql) => readOrganisme(sql, id)));
    return { body: { ...organismeDto(it.row), document: shownTo(viewer, id, it.document) } };
  },
});

const sites = listEndpoints({
  path: '/sites',
  noun: 'sites',
  summary: 'Accepted sites: places where an organisme teaches',
  tag: 'offre',
  access: ['read', 'offre'],
  filter: z.strictObject({ id: ids.optional(), q: searched.optional(), organisme: ids.optional() }),
  sorts: SITE_SORTS,
  first: ['nom', 'asc'],
  row: siteRow,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readSites(sql, asked));
    return { rows: rows.map(siteDto), total };
  },
});

const oneSite = endpoint({
  method: 'get',
  path: '/sites/{id}',
  summary: 'An accepted site',
  tag: 'offre',
  access: ['read', 'offre'],
  params: byId,
  answers: { 200: siteRow },
  async handle({ deps, viewer, params: { id } }) {
    const asked = { filter: { id: [id] }, from: 0, limit: 1, sort: ['id', 'asc'] as const };
    const { rows } = await deps.db.asViewer(viewer, (sql) => readSites(sql, asked));
    return { body: siteDto(found(rows[0])) };
  },
});

/** Organismes and the places where they teach. */
export const organismesEndpoints: readonly Endpoint[] = [...organismes, oneOrganisme, ...sites, oneSite];
