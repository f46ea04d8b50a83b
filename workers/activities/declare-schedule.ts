import {
  type Backfill,
  type Client,
  ScheduleAlreadyRunning,
  type ScheduleDescription,
  type ScheduleOverlapPolicy,
  type ScheduleSpec,
} from '@temporalio/client';
import { canonicalJson } from '../../domain/model/json.ts';
import { LOTS } from '../../workflows/messages.ts';

/** What runs by itself: when is the administrator's once it exists, what and how is the program's. */
export interface DeclaredSchedule {
  /** Of the Schedule, and the beginning of its workflows' ids. */
  readonly id: string;
  readonly spec: ScheduleSpec;
  readonly overlap: ScheduleOverlapPolicy;
  /** How late a run may still begin after an outage of the server. */
  readonly catchUpMs: number;
  readonly workflow: string;
  readonly args?: readonly unknown[];
  /** Runs to make up for when there was a Schedule that missed them. */
  readonly missed?: readonly Backfill[];
}

const policiesOf = ({ overlap, catchUpMs }: DeclaredSchedule) => ({ overlap, catchupWindow: catchUpMs });

const actionOf = ({ id, workflow, args = [] }: DeclaredSchedule) => ({
  type: 'startWorkflow' as const,
  workflowType: workflow,
  workflowId: id,
  taskQueue: LOTS,
  args: [...args],
});

/** True when a Schedule does the same, in the same way; its times and pauses are not looked at. */
function isUpToDate({ policies, action }: ScheduleDescription, declared: DeclaredSchedule): boolean {
  if (action.type !== 'startWorkflow') return false;
  const { workflowType, workflowId, taskQueue, args = [] } = action;
  const { overlap, catchupWindow } = policies;
  const now = { overlap, catchupWindow, workflowType, workflowId, taskQueue, args };
  const { type: _, ...wanted } = actionOf(declared);
  return canonicalJson(now) === canonicalJson({ ...policiesOf(declared), ...wanted });
}

/**
 * Brings a Schedule that an earlier program declared to what this one declares. The server forgets what a Schedule missed
 * before it was changed, so that is made up for, unless it is paused.
 */
async function bringUpToDate(client: Client, declared: DeclaredSchedule): Promise<void> {
  const handle = client.schedule.getHandle(declared.id);
  const described = await handle.describe();
  if (isUpToDate(described, declared)) return;
  await handle.update((known) => ({ ...known, policies: policiesOf(declared), action: actionOf(declared) }));
  const { missed = [] } = declared;
  if (!described.state.paused && missed.length > 0) await handle.backfill([...missed]);
}

/** Declares a Schedule to Temporal; one that exists keeps its own times and pauses, and does what this program says. */
export async function declareSchedule(client: Client, declared: DeclaredSchedule): Promise<void> {
  const { id, spec, missed = [] } = declared;
  try {
    await client.schedule.create({
      scheduleId: id,
      spec,
      policies: policiesOf(declared),
      action: actionOf(declared),
      state: { backfill: [...missed] },
    });
  } catch (error) {
    if (!(error instanceof ScheduleAlreadyRunning)) throw error;
    await bringUpToDate(client, declared);
  }
}

/** The longest Paris day: whenever the server is back, the last hour that passed is caught up. */
export const LONGEST_DAY_MS = 25 * 3_600_000;

/** The runs of the day that ends now. */
export function missedDay(overlap: ScheduleOverlapPolicy): Backfill[] {
  const end = new Date();
  return [{ start: new Date(end.getTime() - LONGEST_DAY_MS), end, overlap }];
}
