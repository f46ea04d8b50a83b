import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  ParentClosePolicy,
  proxyActivities,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { workflowIdOf } from './messages.ts';
import type { PublicationActivities, PublicationInput } from './publication.ports.ts';

const quick = proxyActivities<PublicationActivities>({
  startToCloseTimeout: '10 minutes',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
const long = proxyActivities<PublicationActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** While another release is open, how often the scheduled one looks again. */
const LOOK_AGAIN = '5 seconds';

/** One release from freeze to report (design §7), or, by the Schedule, the release of that Paris day. */
export async function publication(input: PublicationInput): Promise<{ readonly n: number }> {
  return input.kind === 'scheduled' ? scheduled() : { n: await publish(input.n) };
}

async function publish(n: number): Promise<number> {
  try {
    await long.freezeRelease(n);
    await long.renderRelease(n);
    await quick.switchRelease(n);
  } catch (error) {
    await quick.failRelease({ n, reason: reasonOf(error) });
    throw ApplicationFailure.nonRetryable(`Release ${n} was given up before its switch`, 'release-abandonnee');
  }
  await long.writeManifest(n);
  await long.tellSoumissions(n);
  await quick.reportRelease(n);
  return n;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : 'unknown';
}

async function scheduled(): Promise<{ readonly n: number }> {
  const at = scheduledAt();
  for (;;) {
    const { outcome, n } = await quick.openScheduledRelease(at);
    if (outcome === 'already') return { n };
    await drive(n);
    if (outcome !== 'busy') return { n };
    await sleep(LOOK_AGAIN);
  }
}

/** Each release has one workflow by its id; whoever asked first drives it, the others go on. */
async function drive(n: number): Promise<void> {
  try {
    const child = await startChild(publication, {
      workflowId: workflowIdOf.publication(n),
      args: [{ kind: 'release', n }],
      parentClosePolicy: ParentClosePolicy.ABANDON,
    });
    await child.result();
  } catch (error) {
    if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
  }
}

const SCHEDULED_AT = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME');

/** The instant the Schedule meant, not the one at which an outage let it run. */
function scheduledAt(): number {
  const { typedSearchAttributes, startTime } = workflowInfo();
  return (typedSearchAttributes.get(SCHEDULED_AT) ?? startTime).getTime();
}
