import { heartbeat } from '@temporalio/activity';
import { WithStartWorkflowOperation } from '@temporalio/client';
import type { Database } from '../../db/connect.ts';
import { keepLotResult, type LotResult, lotItemsIn, moveLot, readLot } from '../../db/lots/lots.ts';
import { keepDecision } from '../../db/moderation/index.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { UserId } from '../../domain/model/ids.ts';
import type { Actor, Decision, FieldRequest } from '../../domain/model/requests.ts';
import { FICHE_KINDS, type Role } from '../../domain/model/vocabulary.ts';
import type { DecisionLotActivities, LotMode } from '../../workflows/decision-lot.ports.ts';
import { type SoumissionAnswer, UPDATES, WORKFLOWS } from '../../workflows/messages.ts';
import type { WorkerDeps } from '../deps.ts';
import { soumissionStart } from '../start-soumission.ts';
import { updateRefusal } from '../update-refusal.ts';
import { atBorder } from './failure.ts';

const PAGE = 50;
/** Updates of one lot at once: people's own decisions go between. More would hardly be faster, and they would wait twice as long. */
const AT_ONCE = 2;
const DEADLINE_MS = 20_000;

type Parts = Pick<WorkerDeps, 'db' | 'temporal'> & { readonly taskQueue?: string };
type Update = (typeof UPDATES)[keyof typeof UPDATES];

interface Lot {
  readonly id: string;
  readonly by: Actor;
  readonly kind: Decision['kind'];
  readonly motif: string | null;
  readonly champs: readonly FieldRequest[];
}

interface Item {
  readonly rang: number;
  readonly soumission_id: string;
  readonly version: number;
}

async function lotOf(db: Database, id: string): Promise<Lot> {
  const row = await db.asWorker((sql) => readLot(sql, id));
  if (row === undefined) throw new SofiError('introuvable', `Cannot find lot "${id}"`, { lot: id });
  const { kind, motif, champs } = row;
  return { id, kind, motif, champs: champs ?? [], by: { userId: row.user_id as UserId, role: row.role as Role } };
}

function update({ temporal, taskQueue }: Parts, item: Item, name: Update, updateId: string, args: object) {
  const start = soumissionStart(item.soumission_id);
  const startWorkflowOperation = new WithStartWorkflowOperation(WORKFLOWS.soumission, {
    ...start,
    taskQueue: taskQueue ?? start.taskQueue,
  }) as WithStartWorkflowOperation<never>;
  return temporal.connection.withDeadline(Date.now() + DEADLINE_MS, () =>
    temporal.workflow.executeUpdateWithStart<never, SoumissionAnswer, object[]>(name, {
      updateId,
      args: [args],
      startWorkflowOperation,
    }),
  );
}

function decisionOf({ kind, motif, champs }: Lot, version: number): Decision {
  if (kind === 'approve') return { kind, version };
  if (kind === 'refuse') return { kind, version, motif: motif ?? '' };
  return { kind, version, champs, ...(motif === null ? {} : { motif }) };
}

async function decide(parts: Parts, lot: Lot, item: Item): Promise<LotResult> {
  const decision = await parts.db.asWorker((sql) =>
    keepDecision(sql, { soumissionId: item.soumission_id, decision: decisionOf(lot, item.version) }),
  );
  const { statut } = await update(parts, item, UPDATES.decide, `lot-${lot.id}`, { by: lot.by, decision });
  return { state: statut === 'controlee' ? 'firstVoice' : 'decided' };
}

/** What is taken back goes to the queue, not to who took it back. */
async function undo(parts: Parts, lot: Lot, item: Item): Promise<LotResult> {
  await update(parts, item, UPDATES.undo, `lot-undo-${lot.id}`, { by: lot.by });
  await update(parts, item, UPDATES.giveBack, `lot-back-${lot.id}`, { by: lot.by });
  return { state: 'undone' };
}

const WORK: Record<LotMode, { readonly from: 'waiting' | 'decided'; readonly run: typeof decide }> = {
  decide: { from: 'waiting', run: decide },
  undo: { from: 'decided', run: undo },
};

async function runItem(parts: Parts, lot: Lot, item: Item, mode: LotMode): Promise<void> {
  let result: LotResult;
  try {
    result = await WORK[mode].run(parts, lot, item);
  } catch (error) {
    const refusal = updateRefusal(error);
    if (refusal === undefined) throw error;
    result = { state: mode === 'decide' ? 'refused' : 'undoRefused', ...refusal };
  }
  const kept = { lotId: lot.id, rang: item.rang, at: Date.now() };
  await parts.db.asWorker((sql) => keepLotResult(sql, kept, result));
}

/** Each hand takes the next item until none is left. */
async function runAll(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const hand = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      await work(item);
      heartbeat();
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, hand));
}

/** Many decisions at once: pages of items, each decided by its soumission's own workflow. */
export function decisionLotActivities(parts: Parts): DecisionLotActivities {
  return atBorder<DecisionLotActivities>({
    async runLotPage({ id, mode }) {
      const lot = await lotOf(parts.db, id);
      const items = await parts.db.asWorker((sql) => lotItemsIn(sql, id, WORK[mode].from, PAGE));
      for (const kind of FICHE_KINDS) {
        const own = items.filter((item) => item.kind === kind);
        await runAll(own, (item) => runItem(parts, lot, item, mode));
      }
      return { done: items.length, more: items.length === PAGE };
    },
    async endLot({ id, mode }) {
      const move =
        mode === 'decide'
          ? ({ from: ['running'], to: 'done' } as const)
          : ({ from: ['undoing'], to: 'undone' } as const);
      await parts.db.asWorker((sql) => moveLot(sql, id, { ...move, at: Date.now() }));
    },
  });
}
