import { z } from 'zod';
import { readLookAlikes } from '../db/look-alikes/read.ts';
import { uuid } from '../domain/contract/common.ts';
import { lookAlike, verdictBody } from '../domain/contract/look-alike.contract.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { requireSoumission } from './soumissions/acts.ts';
import { sayVerdict } from './soumissions/look-alikes.ts';

const TAG = 'soumissions';

/** What the checks found, with what was said of each pair. */
async function shown({ deps, viewer, params: { id } }: Call<{ readonly id: string }, unknown, unknown>) {
  return { body: await deps.db.asViewer(viewer, (sql) => readLookAlikes(sql, id)) };
}

const list = endpoint({
  method: 'get',
  path: '/soumissions/{id}/look-alikes',
  summary: 'Formations, of the accepted offer or waiting for a decision, that look like what it proposes',
  tag: TAG,
  access: ['decide', 'soumission'],
  params: z.strictObject({ id: uuid }),
  answers: { 200: lookAlike.array() },
  async handle(call) {
    await requireSoumission(call.deps, call.viewer, call.params.id);
    return shown(call);
  },
});

const verdict = endpoint({
  method: 'post',
  path: '/soumissions/{id}/look-alikes/{other}',
  summary: 'Says of two formations: linked, one and the same (merge: one numero stays, sessions move), or both kept',
  tag: TAG,
  access: ['decide', 'soumission'],
  idempotency: 'required',
  params: z.strictObject({ id: uuid, other: uuid }),
  body: verdictBody,
  answers: { 200: lookAlike.array() },
  async handle(call) {
    const { deps, viewer, command, params, body } = call;
    await sayVerdict(deps, { viewer, command, ...params }, body);
    return shown(call);
  },
});

export const lookAlikesEndpoints: readonly Endpoint[] = [list, verdict];
