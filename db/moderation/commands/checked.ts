import type { Controles } from '../../../domain/model/faults.ts';
import { pauseClocks, stopClock } from '../../../domain/model/promise.ts';
import { liveClaim } from '../../../domain/model/refusals.ts';
import { tellOf } from '../../mail/tell.ts';
import { toldOf } from '../accept.ts';
import { endClaim } from '../claims.ts';
import { approveByLane } from '../lane-approval.ts';
import { noticesOfStep } from '../notices.ts';
import { echeancesOf, happened, type Step, write } from './step.ts';

async function controlesOf({ sql, row }: Step): Promise<Controles> {
  const { controles } = await sql
    .selectFrom('soumission')
    .select('controles')
    .where('id', '=', row.id)
    .executeTakeFirstOrThrow();
  if (controles?.version === row.version) return controles;
  throw new Error(`Cannot find the checks of soumission "${row.id}"`);
}

/** Who did not deposit it themselves learns that it came in; of a flow its report tells, of a mend the decision. */
async function tellReceived(step: Step): Promise<void> {
  const { sql, row, at } = step;
  if (row.source === 'flux') return;
  const { auteur_id: by, mended } = await sql
    .selectFrom('soumission_revision as r')
    .leftJoin('mend as m', (on) => on.onRef('m.soumission_id', '=', 'r.soumission_id').onRef('m.version', '=', 'r.n'))
    .select(['r.auteur_id', 'm.version as mended'])
    .where('r.soumission_id', '=', row.id)
    .where('r.n', '=', row.version)
    .executeTakeFirstOrThrow();
  if (mended !== null) return;
  await tellOf(sql, { kind: 'recu', by, at, whom: 'all' }, [happened(step, `${row.id}:${row.version}`)]);
}

/**
 * What the checks of one version lead to: sent back for a blocking fault, else on to the queue, and back to its
 * reviewer at once when a claim is still live. Checks of an older version are dropped.
 */
export async function checked(step: Step, command: { readonly version: number }): Promise<void> {
  const { sql, row, state, at } = step;
  if (row.statut !== 'deposee' || row.version !== command.version) return;
  const { blocking, warnings } = await controlesOf(step);
  const echeances = stopClock(echeancesOf(step), 'alimentation', at);
  const claim = liveClaim(state.claim, at);
  if (claim === null || blocking > 0) await endClaim(sql, row.id);
  if (blocking > 0) {
    const data = { blocking, warnings };
    await noticesOfStep(step, [{ kind: 'corrections', audience: 'of' }]);
    await tellOf(sql, { kind: 'corrections', by: null, at }, [happened(step, `${row.id}:${row.version}`, data)]);
    const told = { act: 'renvoyer', to: 'correctionsDemandees', data } as const;
    await write(step, { told: [told], echeances: pauseClocks(echeances, at) });
    return;
  }
  const lane = claim === null && warnings === 0 ? await approveByLane(step) : null;
  const controler = { act: 'controler', to: 'controlee', data: { warnings } } as const;
  if (lane !== null) {
    const data = { voies: lane.lanes.map(({ id }) => id), ...toldOf(lane.accepted) };
    const event = happened(step, `${row.id}:${row.version}`, { sens: 'approve', parRegle: true });
    await tellOf(sql, { kind: 'decision', by: null, at }, [event]);
    await write(step, {
      told: [controler, { act: 'approveByRule', from: 'controlee', to: 'validee', data }],
      echeances: stopClock(echeances, 'traitement', at),
      humain: false,
      set: { decidee_le: new Date(at), decidee_par: null, accepted_n: lane.accepted.n },
    });
    return;
  }
  await tellReceived(step);
  const kept = {
    act: 'claim',
    from: 'controlee',
    to: 'enRevue',
    data: { token: claim?.token, kept: claim?.by },
  } as const;
  await write(step, { told: claim === null ? [controler] : [controler, kept], echeances });
}
