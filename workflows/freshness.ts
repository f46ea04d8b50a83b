import { defineSearchAttributeKey } from '@temporalio/common';
import { proxyActivities, workflowInfo } from '@temporalio/workflow';
import type { FreshnessActivities, FreshnessReport } from './freshness.ports.ts';

const { freshnessDay } = proxyActivities<FreshnessActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
/** It goes on from the page that its last sign of life names. */
const { freshnessPass } = proxyActivities<FreshnessActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

const SCHEDULED_AT = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** One pass over the freshness of the offer (design §8): of the day that its Schedule meant, or of the day given. */
export async function freshness(day?: string): Promise<FreshnessReport> {
  const { typedSearchAttributes, startTime } = workflowInfo();
  const at = (typedSearchAttributes.get(SCHEDULED_AT) ?? startTime).getTime();
  return freshnessPass(day ?? (await freshnessDay(at)));
}
