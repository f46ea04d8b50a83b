import { ApplicationFailure } from '@temporalio/common';
import { errorCodeOf, type SofiError } from '../../domain/model/errors.ts';

/**
 * The activity border: a refusal of the catalogue becomes an ApplicationFailure that nobody retries, its `type` the
 * code and its first detail the refusal's own; anything else passes as it is and is retried.
 */
export function toFailure(error: unknown): unknown {
  const code = errorCodeOf(error);
  if (code === undefined) return error;
  const { message, details } = error as SofiError;
  return ApplicationFailure.create({ message, type: code, nonRetryable: true, details: [details] });
}

type Activity = (...args: never[]) => Promise<unknown>;

/** Puts the border around each activity of a record. */
export function atBorder<T extends Record<keyof T, Activity>>(activities: T): T {
  const wrap =
    (run: Activity): Activity =>
    async (...args) => {
      try {
        return await run(...args);
      } catch (error) {
        throw toFailure(error);
      }
    };
  return Object.fromEntries(Object.entries<Activity>(activities).map(([name, run]) => [name, wrap(run)])) as T;
}
