import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../../db/connect.ts';
import { applyCommand, readState } from '../../../db/moderation/index.ts';
import type { UserId } from '../../../domain/model/ids.ts';
import { PAYS_DE_LA_LOIRE } from '../../../domain/model/region.ts';
import { quantile, type Row } from '../bench.ts';
import { timeOf } from '../timing.ts';
import { deposit, draftOf, withSessions } from './drafts.ts';
import { approve, type Stage } from './stage.ts';

const SESSIONS = 1_000;
const TRIES = 5;
const LIMIT_MS = 500;

class TakenBack extends Error {}

/** The transaction of an approval, taken back: its milliseconds alone, without HTTP and Temporal. */
async function applied(db: Database, id: string, userId: string): Promise<number> {
  const by = { userId: userId as UserId, role: 'moderateur' } as const;
  let took = Number.NaN;
  const work = db.asWorker(async (sql) => {
    const state = await readState(sql, id);
    if (state === null) throw new Error(`Cannot find soumission "${id}"`);
    const { seq, version } = state;
    const decision = { kind: 'approve', version } as const;
    const command = { id, seq, commande: `${id}:bench`, at: Date.now(), kind: 'decide', by, decision } as const;
    took = await timeOf(() => applyCommand(sql, command, PAYS_DE_LA_LOIRE));
    throw new TakenBack();
  });
  await work.catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return took;
}

/** A formation of 1 000 sessions, deposited by an OF and past its checks. */
async function waitingOf(stage: Stage, sessions: number): Promise<{ readonly id: string; readonly version: number }> {
  const [of] = stage.ofs;
  if (of === undefined) throw new Error('Cannot find an OF');
  const id = await deposit(of, withSessions(await draftOf(of), sessions));
  for (;;) {
    const { body } = await of.remote.call<{ statut: string; version: number }>(`/soumissions/${id}`);
    if (body.statut === 'controlee') return { id, version: body.version };
    if (body.statut !== 'deposee') throw new Error(`Cannot wait for soumission "${id}": it is ${body.statut}`);
    await sleep(200);
  }
}

/** Applying a large formation inside the decision, and the whole of that decision, against one of a single session. */
export async function measureLarge(stage: Stage): Promise<Row[]> {
  const [person] = stage.moderators;
  if (person === undefined) throw new Error('Cannot find a moderator');
  const large = await waitingOf(stage, SESSIONS);
  const small = await waitingOf(stage, 1);
  const tries = async (id: string) => {
    const times: number[] = [];
    for (let k = 0; k < TRIES; k += 1) times.push(await applied(stage.db, id, person.userId));
    return quantile(times, 0.95);
  };
  const [ofLarge, ofSmall] = [await tries(large.id), await tries(small.id)];
  const decisionLarge = await timeOf(() => approve(person, large));
  const decisionSmall = await timeOf(() => approve(person, small));
  const row = (what: string, measured: number, reference: number, referenceIs: string): Row => ({
    what,
    measured,
    unit: 'ms',
    reference,
    referenceIs,
  });
  return [
    { ...row(`applying ${SESSIONS} sessions`, ofLarge, LIMIT_MS, 'the limit'), atMost: 1 },
    row('the same', ofLarge, ofSmall, 'applying one session'),
    row('its decision over HTTP, with the answer', decisionLarge, decisionSmall, 'one session'),
  ];
}
