import { liveClaim } from '../../../domain/model/refusals.ts';
import type { Actor } from '../../../domain/model/requests.ts';
import { endClaim, extendClaim, takeClaim } from '../claims.ts';
import { type Step, write } from './step.ts';

/** Takes a soumission, takes it over from a colleague (recorded), or keeps what the caller already holds. */
export async function claim(step: Step, command: { readonly by: Actor }): Promise<void> {
  const { sql, row, state, at } = step;
  const { by } = command;
  const live = row.statut === 'enRevue' ? liveClaim(state.claim, at) : null;
  if (live?.by === by.userId) {
    await extendClaim(sql, { soumissionId: row.id, userId: by.userId, at });
    return;
  }
  const token = await takeClaim(sql, row.id, by.userId, at);
  const data = live === null ? { token } : { token, precedent: live.by };
  await write(step, { told: [{ act: live === null ? 'claim' : 'takeOver', to: 'enRevue', by, data }] });
}

/** Gives a soumission back to the queue. */
export async function giveBack(step: Step, command: { readonly by: Actor }): Promise<void> {
  await endClaim(step.sql, step.row.id);
  await write(step, { told: [{ act: 'giveBack', to: 'controlee', by: command.by }] });
}

/** The lease is over: back to the queue, unless the review extended it meanwhile. */
export async function leaseOver(step: Step): Promise<void> {
  const { sql, row, state, at } = step;
  if (row.statut !== 'enRevue' || liveClaim(state.claim, at) !== null) return;
  await endClaim(sql, row.id);
  await write(step, { told: [{ act: 'leaseOver', to: 'controlee' }] });
}
