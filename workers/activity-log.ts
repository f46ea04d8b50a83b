import { AsyncLocalStorage } from 'node:async_hooks';
import { type Context, metricMeter } from '@temporalio/activity';
import type { ActivityInboundCallsInterceptor, ActivityInterceptors } from '@temporalio/worker';
import type { Logger } from 'pino';
import { requestIdOf } from '../workflows/messages-request.ts';

interface ActivityFacts {
  /** The HTTP request that asked for it; absent for what timers and Schedules do. */
  readonly requestId?: string;
  readonly activity: string;
  readonly workflowId: string | undefined;
  readonly attempt: number;
}

const running = new AsyncLocalStorage<ActivityFacts>();

/** What every log line of an activity carries; a copy, for the logger writes the line's own fields into it. */
export const activityOfLine = (): Partial<ActivityFacts> => ({ ...running.getStore() });

/** One line per activity, with the request that asked for it, and a count of those that had to be tried again. */
export function activityLog(log: Logger): (context: Context) => ActivityInterceptors {
  return ({ info }) => {
    const inbound: ActivityInboundCallsInterceptor = {
      async execute(input, next) {
        const requestId = requestIdOf(input.headers);
        const { activityType: activity, attempt, workflowExecution } = info;
        const facts = { activity, workflowId: workflowExecution?.workflowId, attempt };
        return running.run(requestId === undefined ? facts : { requestId, ...facts }, async () => {
          if (attempt > 1) retries().add(1);
          const started = performance.now();
          const ms = () => Math.round(performance.now() - started);
          try {
            const result = await next(input);
            log.info({ ms: ms() }, 'activity done');
            return result;
          } catch (error) {
            log.warn({ ms: ms(), err: error }, 'activity failed');
            throw error;
          }
        });
      },
    };
    return { inbound };
  };
}

const retries = () => metricMeter.createCounter('sofi_activity_retries', 'times', 'Activities tried again');
