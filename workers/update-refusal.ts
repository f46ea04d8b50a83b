import { WorkflowUpdateFailedError } from '@temporalio/client';
import { ApplicationFailure } from '@temporalio/common';
import { type ErrorCode, isErrorCode } from '../domain/model/errors.ts';
import { isRecord } from '../domain/model/json.ts';

export interface UpdateRefusal {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;
}

/** Why a workflow refused an update for good, or undefined: the call may be tried again. */
export function updateRefusal(error: unknown): UpdateRefusal | undefined {
  if (!(error instanceof WorkflowUpdateFailedError) || !(error.cause instanceof ApplicationFailure)) return undefined;
  const { type, details } = error.cause;
  if (type == null || !isErrorCode(type)) return undefined;
  const [first] = details ?? [];
  return { code: type, details: isRecord(first) ? first : {} };
}
