import { z } from 'zod';
import { createPerson, PERSON_SORTS, type PersonRecord, readPeople, readPerson, updatePerson } from '../db/people.ts';
import { uuid } from '../domain/contract/common.ts';
import { type PersonRowDto, personBody, personRow } from '../domain/contract/people.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { ROLES } from '../domain/model/vocabulary.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf, ids, searched } from './lists.ts';
import { iso, isoOrNull } from './time.ts';

const byId = z.strictObject({ id: uuid });

const dtoOf = (row: PersonRecord): PersonRowDto => ({
  id: row.id,
  email: row.email,
  nom: row.nom,
  role: row.role,
  langue: row.langue,
  actif: row.actif,
  organismes: row.organismes ?? [],
  createdAt: iso(row.created_at),
  lastUsedAt: isoOrNull(row.last_used_at),
});

function taken(): never {
  throw new SofiError('corps-invalide', 'Cannot give two people one mail address', {
    issues: [{ pointer: '/email', code: 'deja-pris' }],
  });
}

const list = listEndpoints({
  path: '/people',
  noun: 'people',
  summary: 'Who may log in, and as what',
  tag: 'people',
  access: ['read', 'people'],
  filter: z.strictObject({
    id: ids.optional(),
    q: searched.optional(),
    role: anyOf(z.enum(ROLES)).optional(),
    actif: z.boolean().optional(),
  }),
  sorts: PERSON_SORTS,
  first: ['nom', 'asc'],
  row: personRow,
  read: async ({ deps, viewer }, asked) => {
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readPeople(sql, asked));
    return { rows: rows.map(dtoOf), total };
  },
});

const readOne = endpoint({
  method: 'get',
  path: '/people/{id}',
  summary: 'One person',
  tag: 'people',
  access: ['read', 'people'],
  params: byId,
  answers: { 200: personRow },
  async handle({ deps, viewer, params: { id } }) {
    const row = await deps.db.asViewer(viewer, (sql) => readPerson(sql, id));
    if (row === undefined) throw new SofiError('introuvable');
    return { body: dtoOf(row) };
  },
});

const create = endpoint({
  method: 'post',
  path: '/people',
  summary: 'Makes an account; the OpenID provider proves later who logs in with it',
  tag: 'people',
  access: ['create', 'people'],
  idempotency: 'optional',
  body: personBody,
  answers: { 201: personRow },
  async handle({ deps, viewer, body }) {
    const row = await deps.db.asViewer(viewer, async (sql) => {
      const id = (await createPerson(sql, body)) ?? taken();
      return readPerson(sql, id);
    });
    if (row === undefined) throw new SofiError('introuvable');
    return { status: 201, body: dtoOf(row), headers: { Location: `/api/v1/people/${row.id}` } };
  },
});

const update = endpoint({
  method: 'put',
  path: '/people/{id}',
  summary: 'Changes an account: role, organismes, whether it may log in',
  tag: 'people',
  access: ['update', 'people'],
  params: byId,
  body: personBody,
  answers: { 200: personRow },
  async handle({ deps, viewer, params: { id }, body }) {
    const row = await deps.db
      .asViewer(viewer, async (sql) => ((await updatePerson(sql, id, body)) ? readPerson(sql, id) : undefined))
      .catch((error: unknown) => ((error as { code?: unknown }).code === '23505' ? taken() : Promise.reject(error)));
    if (row === undefined) throw new SofiError('introuvable');
    return { body: dtoOf(row) };
  },
});

export const peopleEndpoints: readonly Endpoint[] = [...list, readOne, create, update];
