import { closeClocks, type Echeances, pauseClocks, stopClock } from '../../../domain/model/promise.ts';
import { liveClaim } from '../../../domain/model/refusals.ts';
import type { Actor } from '../../../domain/model/requests.ts';
import type { DecisionKind, Statut } from '../../../domain/model/vocabulary.ts';
import { json } from '../../connect.ts';
import { tellOf } from '../../mail/tell.ts';
import { accept, toldOf } from '../accept.ts';
import { endClaim, takeClaim } from '../claims.ts';
import { isFirstVoice, keepFirstVoice } from '../first-voice.ts';
import { noticesOfStep } from '../notices.ts';
import { leavesOffer } from '../rows.ts';
import { withdrawWithOrganisme } from '../withdraw-formations.ts';
import { readWords } from '../words.ts';
import { echeancesOf, happened, type Step, write } from './step.ts';

const OUTCOMES: Record<DecisionKind, Statut> = {
  approve: 'validee',
  refuse: 'refusee',
  requestChanges: 'correctionsDemandees',
};

const CLOCKS_AFTER: Record<DecisionKind, (echeances: Echeances, at: Step['at']) => Echeances> = {
  approve: (echeances) => echeances,
  refuse: closeClocks,
  requestChanges: pauseClocks,
};

export interface Decide {
  readonly by: Actor;
  readonly decision: { readonly kind: DecisionKind; readonly version: number; readonly words?: string };
}

async function keepDecisionRow(step: Step, { by, decision }: Decide): Promise<{ id: string; motif: string | null }> {
  const { sql, row, at } = step;
  const words = await readWords(sql, row.id, decision.words);
  const kept = await sql
    .insertInto('decision')
    .values({
      soumission_id: row.id,
      organisme_id: row.organisme_id,
      version: row.version,
      kind: decision.kind,
      by: by.userId,
      at: new Date(at),
      motif: words.motif ?? null,
      champs: words.champs === undefined ? null : json([...words.champs]),
    })
    .returning(['id', 'motif'])
    .executeTakeFirstOrThrow();
  return kept;
}

/** A moderator's decision: claims first when nobody holds the soumission, and accepts the content when it approves. */
export async function decide(step: Step, command: Decide): Promise<void> {
  const { sql, fiche, row, state, at } = step;
  const { by, decision } = command;
  const held = row.statut === 'enRevue' && liveClaim(state.claim, at)?.by === by.userId;
  const token = held ? state.claim?.token : await takeClaim(sql, row.id, by.userId, at, false);
  if (held) await endClaim(sql, row.id);
  const claimed = held ? [] : [{ act: 'claim', to: 'enRevue', by, data: { token } } as const];
  if (decision.kind === 'approve' && (await isFirstVoice(step))) {
    await keepFirstVoice(step, by.userId);
    const voice = { act: 'firstVoice', from: 'enRevue', to: 'controlee', by, data: { token } } as const;
    await write(step, { told: [...claimed, voice] });
    return;
  }
  const { id, motif } = await keepDecisionRow(step, command);
  const accepted = decision.kind === 'approve' ? await accept(step, { retrait: leavesOffer(row) }) : null;
  if (accepted !== null && fiche.kind === 'organisme' && leavesOffer(row)) await withdrawWithOrganisme(step, by);
  const audience = 'of';
  if (decision.kind === 'requestChanges') await noticesOfStep(step, [{ kind: 'corrections', audience }]);
  if (decision.kind === 'refuse') await noticesOfStep(step, [{ kind: 'refus', audience }]);
  const mail = decision.kind === 'requestChanges' ? 'corrections' : 'decision';
  const event = happened(step, id, { decision: id, sens: decision.kind });
  await tellOf(sql, { kind: mail, by: by.userId, at, waits: true }, [event]);
  const stopped = stopClock(echeancesOf(step), 'traitement', at);
  const decided = {
    act: decision.kind,
    from: 'enRevue',
    to: OUTCOMES[decision.kind],
    by,
    data: { decision: id, token, ...(accepted === null ? {} : toldOf(accepted)) },
  } as const;
  await write(step, {
    told: [...claimed, decided],
    echeances: CLOCKS_AFTER[decision.kind](stopped, at),
    set: {
      decidee_le: new Date(at),
      decidee_par: by.userId,
      motif: motif ?? row.motif,
      ...(accepted === null ? {} : { accepted_n: accepted.n }),
    },
  });
}
