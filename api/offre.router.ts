import { z } from 'zod';
import type { Viewer } from '../db/connect.ts';
import { FORMATION_SORTS, type FormationRecord, readFormation, readFormations } from '../db/offre/formations.ts';
import { ORGANISME_SORTS, readOrganisme, readOrganismes, readSites, SITE_SORTS } from '../db/offre/organismes.ts';
import { readSessions, SESSION_SORTS } from '../db/offre/sessions.ts';
import { texte, uuid } from '../domain/contract/common.ts';
import {
  formation,
  formationRow,
  organisme,
  organismeRow,
  sessionRow,
  siteRow,
} from '../domain/contract/offre.contract.ts';
import { withoutPrivateContacts } from '../domain/model/contacts.ts';
import { SofiError } from '../domain/model/errors.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf, ids, searched } from './lists.ts';

const byId = z.strictObject({ id: uuid });
const code = anyOf(texte(255, 1));

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

const formationDto = (row: FormationRecord) => ({
  id: row.id,
  numero: row.numero,
  intitule: row.intitule,
  organisme: { id: row.organisme_id, nom: row.organisme_nom ?? '' },
  certifiante: row.certifiante,
  rncp: row.rncp,
  rs: row.rs,
  version: row.version_n,
  maj: row.maj,
  actions: Number(row.actions),
  sessions: Number(row.sessions),
  release: row.release,
  soumission: row.soumission,
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

const formations = listEndpoints({
  path: '/formations',
  noun: 'formations',
  summary: 'Accepted formations',
  tag: 'offre',
  access: ['read', 'offre'],
  filter: z.strictObject({
    id: ids.optional(),
    q: searched.optional(),
    organisme: ids.optional(),
    numero: code.optional(),
    certifiante: z.boolean().optional(),
  }),
  sorts: FORMATION_SORTS,
  first: ['intitule', 'asc'],
  row: formationRow,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readFormations(sql, asked));
    return { rows: rows.map(formationDto), total };
  },
});

const sessions = listEndpoints({
  path: '/sessions',
  noun: 'sessions',
  summary: 'Accepted sessions',
  tag: 'offre',
  access: ['read', 'offre'],
  filter: z.strictObject({
    id: ids.optional(),
    q: searched.optional(),
    formation: ids.optional(),
    organisme: ids.optional(),
    etatRecrutement: code.optional(),
  }),
  sorts: SESSION_SORTS,
  first: ['debut', 'asc'],
  row: sessionRow,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readSessions(sql, asked));
    return { rows: rows.map(sessionDto), total };
  },
});

type SessionRecord = Awaited<ReturnType<typeof readSessions>>['rows'][number];

const sessionDto = (row: SessionRecord) => ({
  id: row.id,
  numero: row.numero,
  formation: { id: row.formation_id, numero: row.formation_numero, intitule: row.intitule },
  debut: row.debut,
  fin: row.fin,
  etatRecrutement: row.etat_recrutement,
  cpf: row.cpf,
});

/** Contacts that are not public are for the organisme and the Cariforef (design §11). */
function shownTo<D>(viewer: Viewer, organisme: string, document: D): D {
  const inside =
    viewer.role === 'moderateur' || viewer.role === 'administrateur' || viewer.organismes.includes(organisme);
  return inside ? document : withoutPrivateContacts(document);
}

const found = <T>(value: T | undefined): T => {
  if (value === undefined) throw new SofiError('introuvable');
  return value;
};

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

const oneFormation = endpoint({
  method: 'get',
  path: '/formations/{id}',
  summary: 'An accepted formation with its whole tree (F, A, S, D) and the CPF marking of its sessions',
  tag: 'offre',
  access: ['read', 'offre'],
  params: byId,
  answers: { 200: formation },
  async handle({ deps, viewer, params: { id } }) {
    const it = found(await deps.db.asViewer(viewer, (sql) => readFormation(sql, id)));
    const cpf = it.cpf.map(({ session_id: session, ...marking }) => ({ session, ...marking }));
    const document = shownTo(viewer, it.row.organisme_id, it.document);
    return { body: { ...formationDto(it.row), document, cpf } };
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

const oneSession = endpoint({
  method: 'get',
  path: '/sessions/{id}',
  summary: 'An accepted session',
  tag: 'offre',
  access: ['read', 'offre'],
  params: byId,
  answers: { 200: sessionRow },
  async handle({ deps, viewer, params: { id } }) {
    const asked = { filter: { id: [id] }, from: 0, limit: 1, sort: ['id', 'asc'] as const };
    const { rows } = await deps.db.asViewer(viewer, (sql) => readSessions(sql, asked));
    return { body: sessionDto(found(rows[0])) };
  },
});

export const offreEndpoints: readonly Endpoint[] = [
  ...organismes,
  oneOrganisme,
  ...sites,
  oneSite,
  ...formations,
  oneFormation,
  ...sessions,
  oneSession,
];
