import { Context } from '@temporalio/activity';

/** What may go wrong between a workflow and what it asks of the world. */
export const FAULTS = ['errorBefore', 'errorAfter', 'timeOut', 'slow', 'overload'] as const;
export type Fault = (typeof FAULTS)[number];

type Activity = (...args: never[]) => Promise<unknown>;

const SLOW_MS = 1_200;
/** Longer than what any activity under test is given. */
const NEVER_MS = 40_000;

const after = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());

/** The refusal of a server that takes no more, as the driver gives it. */
function overload(): Error {
  return Object.assign(new Error('sorry, too many clients already'), { code: '53300' });
}

const WITH: Record<Fault, (run: () => Promise<unknown>) => Promise<unknown>> = {
  async errorBefore() {
    throw new Error('Connection terminated unexpectedly');
  },
  async errorAfter(run) {
    await run();
    throw new Error('Connection terminated unexpectedly');
  },
  /** The write is done; its answer comes when nobody waits any more. */
  async timeOut(run) {
    const answer = await run();
    // A worker that stops, or a call that is over, wakes it.
    await Context.current().sleep(NEVER_MS);
    return answer;
  },
  async slow(run) {
    await after(SLOW_MS);
    return run();
  },
  async overload() {
    throw overload();
  },
};

/** Activities of which each first call per name, or those that `strikes` says, meets the fault; later calls are the real ones. */
export function faulty<T extends Record<keyof T, Activity>>(
  activities: T,
  fault: Fault,
  strikes: (name: string, args: readonly unknown[]) => boolean = () => true,
): T {
  const met = new Set<string>();
  const wrap =
    (name: string, run: Activity): Activity =>
    (...args) => {
      if (met.has(name) || !strikes(name, args)) return run(...args);
      met.add(name);
      return WITH[fault](() => run(...args));
    };
  return Object.fromEntries(Object.entries<Activity>(activities).map(([name, run]) => [name, wrap(name, run)])) as T;
}

/** Activities that do their work and then, at a rate, lose the answer: whoever asked tries again what was done. */
export function losingAnswers<T extends Record<keyof T, Activity>>(activities: T, isLost: () => boolean): T {
  const wrap =
    (run: Activity): Activity =>
    async (...args) => {
      const answer = await run(...args);
      if (isLost()) throw new Error('Connection terminated unexpectedly');
      return answer;
    };
  return Object.fromEntries(Object.entries<Activity>(activities).map(([name, run]) => [name, wrap(run)])) as T;
}
