import { z } from 'zod';
import type { Sql } from '../db/connect.ts';
import { extendClaim } from '../db/moderation/claims.ts';
import { readSoumissions, SOUMISSION_SORTS } from '../db/soumissions/list.ts';
import { texte, uuid } from '../domain/contract/common.ts';
import {
  claimAnswer,
  claimBody,
  decisionBody,
  soumission,
  soumissionRow,
} from '../domain/contract/soumission.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { FICHE_KINDS, SOUMISSION_KINDS, SOURCES, STATUTS } from '../domain/model/vocabulary.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { listEndpoints } from './list-endpoint.ts';
import { anyOf, ids, searched } from './lists.ts';
import {
  claimSoumission,
  decideSoumission,
  findDecision,
  giveBackSoumission,
  requireSoumission,
  undoSoumission,
  withdrawSoumission,
} from './soumissions/acts.ts';
import { soumissionDto } from './soumissions/dto.ts';
import { soumissionRowDto } from './soumissions/row-dto.ts';

const byId = z.strictObject({ id: uuid });
const none = z.strictObject({}).optional();
type ById = { readonly id: string };

type OfOne = Omit<Call<ById, unknown, unknown>, 'command'>;

/** The soumission as it stands after an act. */
async function standing(sql: Sql, { deps, viewer, langue, params: { id } }: OfOne) {
  return { body: await soumissionDto(deps, sql, { viewer, langue, id }) };
}

/** The same in a transaction of its own. */
function shown(call: OfOne) {
  return call.deps.db.asViewer(call.viewer, (sql) => standing(sql, call));
}

const list = listEndpoints({
  path: '/soumissions',
  noun: 'soumissions',
  summary: 'Soumissions that I may see; by default the soonest promise first',
  tag: 'soumissions',
  access: ['read', 'soumission'],
  filter: z.strictObject({
    id: ids.optional(),
    q: searched.optional(),
    statut: anyOf(z.enum(STATUTS)).optional(),
    kind: anyOf(z.enum(SOUMISSION_KINDS)).optional(),
    source: anyOf(z.enum(SOURCES)).optional(),
    fiche: ids.optional(),
    ficheKind: anyOf(z.enum(FICHE_KINDS)).optional(),
    organisme: ids.optional(),
    import: ids.optional(),
    claim: z.enum(['mine', 'none', 'other']).optional(),
    late: z.boolean().optional(),
    horsRelease: z.boolean().optional(),
  }),
  sorts: SOUMISSION_SORTS,
  first: ['due', 'asc'],
  row: soumissionRow,
  read: async ({ deps, viewer }, asked) => {
    const now = new Date();
    const { rows, total } = await deps.db.asViewer(viewer, (sql) => readSoumissions(sql, { viewer, now }, asked));
    return { rows: rows.map((row) => soumissionRowDto(row, viewer, now)), total };
  },
});

const readOne = endpoint({
  method: 'get',
  path: '/soumissions/{id}',
  summary: 'A soumission with its content, difference, checks, CPF preview and timeline',
  tag: 'soumissions',
  access: ['read', 'soumission'],
  params: byId,
  answers: { 200: soumission },
  handle: shown,
});

const claim = endpoint({
  method: 'post',
  path: '/soumissions/{id}/claim',
  summary: 'Takes a soumission for 10 minutes, or from a colleague with `takeOver`',
  tag: 'soumissions',
  access: ['claim', 'soumission'],
  idempotency: 'optional',
  params: byId,
  body: claimBody,
  answers: { 200: claimAnswer },
  async handle({ deps, viewer, command, params: { id }, body }) {
    const answer = await claimSoumission(deps, { viewer, id, command }, body.takeOver === true);
    if (answer.claim === undefined) throw new SofiError('reservation-perdue');
    const { token, expires } = answer.claim;
    return { body: { token, expires: new Date(expires).toISOString() } };
  },
});

const keepClaim = endpoint({
  method: 'put',
  path: '/soumissions/{id}/claim',
  summary: 'An open review keeps its claim for 10 minutes more',
  tag: 'soumissions',
  access: ['claim', 'soumission'],
  params: byId,
  body: none,
  answers: { 200: claimAnswer },
  async handle({ deps, viewer, params: { id } }) {
    const row = await requireSoumission(deps, viewer, id);
    const at = Date.now();
    const input = { soumissionId: id, userId: viewer.userId, at };
    const expires = await deps.db.asViewer(viewer, (sql) => extendClaim(sql, input));
    if (expires === null || row.claim_token === null) throw new SofiError('reservation-perdue');
    return { body: { token: row.claim_token, expires: new Date(expires).toISOString() } };
  },
});

const giveBack = endpoint({
  method: 'delete',
  path: '/soumissions/{id}/claim',
  summary: 'Gives a soumission back to the queue',
  tag: 'soumissions',
  access: ['claim', 'soumission'],
  idempotency: 'optional',
  params: byId,
  answers: { 204: 'given back' },
  async handle({ deps, viewer, command, params: { id } }) {
    await giveBackSoumission(deps, { viewer, id, command });
    return { status: 204 };
  },
});

const decide = endpoint({
  method: 'post',
  path: '/soumissions/{id}/decisions',
  summary: 'Approves, refuses or asks for changes on the version that was looked at',
  tag: 'soumissions',
  access: ['decide', 'soumission'],
  idempotency: 'required',
  params: byId,
  body: decisionBody,
  answers: { 200: soumission },
  find: (sql, { viewer, params, body }) => findDecision(sql, viewer, params.id, body),
  async handle({ deps, viewer, command, params, body }, decision) {
    await decideSoumission(deps, { viewer, id: params.id, command }, body, decision);
    return undefined;
  },
  answer: standing,
});

const undo = endpoint({
  method: 'post',
  path: '/soumissions/{id}/undo',
  summary: 'Undoes the last decision, within 24 hours and until a release froze it',
  tag: 'soumissions',
  access: ['undo', 'soumission'],
  idempotency: 'optional',
  params: byId,
  body: none,
  answers: { 200: soumission },
  async handle(call) {
    const { deps, viewer, command, params } = call;
    await undoSoumission(deps, { viewer, id: params.id, command });
    return shown(call);
  },
});

const withdraw = endpoint({
  method: 'post',
  path: '/soumissions/{id}/retrait',
  summary: 'The OF withdraws its soumission, until a release froze it',
  tag: 'soumissions',
  access: ['withdraw', 'soumission'],
  idempotency: 'optional',
  params: byId,
  body: z.strictObject({ motif: texte(2000).optional() }),
  answers: { 200: soumission },
  async handle(call) {
    const { deps, viewer, command, params, body } = call;
    await withdrawSoumission(deps, { viewer, id: params.id, command }, body.motif);
    return shown(call);
  },
});

export const soumissionsEndpoints: readonly Endpoint[] = [
  ...list,
  readOne,
  claim,
  keepClaim,
  giveBack,
  decide,
  undo,
  withdraw,
];
