import { z } from 'zod';
import type { Viewer } from '../db/connect.ts';
import { leaveMessage, type MessageRead, readMessages } from '../db/moderation/messages.ts';
import { uuid } from '../domain/contract/common.ts';
import { soumission } from '../domain/contract/soumission.contract.ts';
import { mendBody, message, messageBody } from '../domain/contract/vie.contract.ts';
import type { RightAct, RightSubject } from '../domain/model/rights.ts';
import type { MessageKind } from '../domain/model/vie.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { personDto, soumissionDto } from './soumissions/dto.ts';
import { mendSoumission } from './soumissions/mend.ts';
import { claimNext } from './soumissions/next.ts';
import { iso } from './time.ts';

const byId = z.strictObject({ id: uuid });
type ById = { readonly id: string };

function shown({ deps, viewer, langue }: Call<unknown, unknown, unknown>, id: string) {
  return deps.db.asViewer(viewer, (sql) => soumissionDto(deps, sql, { viewer, langue, id }));
}

function messageDto(viewer: Viewer, row: MessageRead) {
  const { id, soumission_id, kind, texte, at } = row;
  return { id, soumission: soumission_id, kind, message: texte, by: personDto(viewer, row), at: iso(at) };
}

/** Reads and writes of one kind of words about a fiche. */
function talk(noun: 'messages' | 'notes', kinds: readonly [MessageKind, ...MessageKind[]]): Endpoint[] {
  const path = `/soumissions/{id}/${noun}`;
  const subject: RightSubject = noun === 'notes' ? 'note' : 'soumission';
  const right = (act: RightAct) => [act, subject] as const;
  const all = async ({ deps, viewer, params: { id } }: Call<ById, unknown, unknown>) => {
    const rows = await deps.db.asViewer(viewer, (sql) => readMessages(sql, id, kinds));
    return rows.map((row) => messageDto(viewer, row));
  };
  const what = noun === 'notes' ? 'Internal notes of the Cariforef' : 'Messages between OF and Cariforef';
  return [
    endpoint({
      method: 'get',
      path,
      summary: `${what} about the fiche, oldest first`,
      tag: 'soumissions',
      access: right('read'),
      params: byId,
      answers: { 200: message.array() },
      handle: async (call) => ({ body: await all(call) }),
    }),
    endpoint({
      method: 'post',
      path,
      summary: noun === 'notes' ? 'Writes a note that no OF sees' : 'Writes to the other side',
      tag: 'soumissions',
      access: right(noun === 'notes' ? 'create' : 'talk'),
      idempotency: 'optional',
      params: byId,
      body: messageBody,
      answers: { 201: message.array() },
      async handle(call) {
        const { deps, viewer, params, body } = call;
        const written = { viewer, soumissionId: params.id, kind: kinds[0], texte: body.message, at: Date.now() };
        await deps.db.asViewer(viewer, (sql) => leaveMessage(sql, written));
        return { status: 201, body: await all(call) };
      },
    }),
  ];
}

const mend = endpoint({
  method: 'post',
  path: '/soumissions/{id}/mends',
  summary: 'A moderator mends fields: the next version, checked again; claim and clocks are kept and the OF is told',
  tag: 'soumissions',
  access: ['decide', 'soumission'],
  idempotency: 'required',
  params: byId,
  body: mendBody,
  answers: { 200: soumission },
  async handle(call) {
    const { deps, viewer, command, params, body } = call;
    await mendSoumission(deps, { viewer, id: params.id, command }, body);
    return { body: await shown(call, params.id) };
  },
});

const objection = endpoint({
  method: 'post',
  path: '/soumissions/{id}/objection',
  summary: 'The OF objects to what moderation mended; moderators are told',
  tag: 'soumissions',
  access: ['object', 'soumission'],
  idempotency: 'optional',
  params: byId,
  body: messageBody,
  answers: { 200: soumission },
  async handle(call) {
    const { deps, viewer, params, body } = call;
    const written = {
      viewer,
      soumissionId: params.id,
      kind: 'objection' as const,
      texte: body.message,
      at: Date.now(),
    };
    await deps.db.asViewer(viewer, (sql) => leaveMessage(sql, written));
    return { body: await shown(call, params.id) };
  },
});

const next = endpoint({
  method: 'post',
  path: '/soumissions/next',
  summary: 'The waiting soumission with the soonest promise, claimed; never the same for two people',
  tag: 'soumissions',
  access: ['claim', 'soumission'],
  idempotency: 'optional',
  answers: { 200: soumission, 204: 'nothing waits' },
  async handle(call) {
    const id = await claimNext(call.deps, call.viewer, call.command);
    return id === undefined ? { status: 204 } : { body: await shown(call, id) };
  },
});

/** What a soumission lives through beside its decisions. */
export const vieEndpoints: readonly Endpoint[] = [
  next,
  mend,
  objection,
  ...talk('messages', ['message', 'objection']),
  ...talk('notes', ['note']),
];
