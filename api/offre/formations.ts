import { z } from 'zod';
import { FORMATION_SORTS, type FormationRecord, readFormation, readFormations } from '../../db/offre/formations.ts';
import { readSessions, SESSION_SORTS } from '../../db/offre/sessions.ts';
import { formation, formationRow, sessionRow } from '../../domain/contract/offre.contract.ts';
import { type Endpoint, endpoint } from '../endpoint.ts';
import { listEndpoints } from '../list-endpoint.ts';
import { ids, searched } from '../lists.ts';
import { byId, code, found, shownTo } from './one.ts';

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

/** Formations and their sessions. */
export const formationsEndpoints: readonly Endpoint[] = [...formations, oneFormation, ...sessions, oneSession];
