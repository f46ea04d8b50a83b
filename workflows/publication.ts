import { defineSearchAttributeKey, WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
import {
  ApplicationFailure,
  ContinueAsNew,
  condition,
  continueAsNew,
  defineSignal,
  ParentClosePolicy,
  proxyActivities,
  setHandler,
  sleep,
  startChild,
  workflowInfo,
} from '@temporalio/workflow';
import { SIGNALS, workflowIdOf } from './messages.ts';
import type { PublicationActivities, PublicationInput } from './publication.ports.ts';

/** Without signs of life: what a worker's death costs is the whole time-out. */
const quick = proxyActivities<PublicationActivities>({
  startToCloseTimeout: '20 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});
const long = proxyActivities<PublicationActivities>({
  startToCloseTimeout: '2 hours',
  heartbeatTimeout: '10 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
});

/** While another release is open, how often the scheduled one and an emergency look again. */
const LOOK_AGAIN = '5 seconds';
const LOOK_AGAIN_URGENTLY = '500 ms';
/** A paused release is told when it may go on; should that be lost, it looks by itself. */
const LOOK_WHILE_PAUSED = '1 minute';

/**
 * One release from freeze to report (design §7), or, by the Schedule, the release of that Paris day, or the small one of
 * what cannot wait.
 */
export async function publication(input: PublicationInput): Promise<{ readonly n: number }> {
  if (input.kind === 'scheduled') return scheduled(input.at ?? scheduledAt());
  if (input.kind === 'emergency') return emergency();
  return { n: await publish(input.n) };
}

async function publish(n: number): Promise<number> {
  const gate = openGate(n);
  try {
    await long.prepareRelease(n);
    await gate();
    await long.freezeRelease(n);
    let state: Awaited<ReturnType<typeof long.switchRelease>>['state'];
    do {
      if (!(await renderAndJudge(n, gate))) return n;
      await gate();
      ({ state } = await long.switchRelease(n));
    } while (state === 'again');
  } catch (error) {
    if (error instanceof ContinueAsNew) throw error;
    await long.failRelease({ n, reason: reasonOf(error) });
    throw ApplicationFailure.nonRetryable(`Release ${n} was given up before its switch`, 'release-abandonnee');
  }
  await long.writeManifest(n);
  await long.tellSoumissions(n);
  await long.reportRelease(n);
  return n;
}

/** True when the release may be switched. */
async function renderAndJudge(n: number, gate: () => Promise<void>): Promise<boolean> {
  for (;;) {
    const rendered = await long.renderRelease(n);
    if (rendered.outcome === 'paused') {
      await gate();
      continue;
    }
    const { outcome } = await long.judgeRelease(n);
    if (outcome !== 'again') return outcome === 'pass';
  }
}

/** Waits while the release is paused, for days if need be: each step knows what is done when it starts anew. */
function openGate(n: number): () => Promise<void> {
  let moved = false;
  setHandler(defineSignal(SIGNALS.releaseMoved), () => {
    moved = true;
  });
  return async () => {
    while (await quick.isPaused(n)) {
      await startAnewWhenLong({ kind: 'release', n });
      await condition(() => moved, LOOK_WHILE_PAUSED);
      moved = false;
    }
  };
}

/** A history that waits for long is ended before the server ends it. */
async function startAnewWhenLong(input: PublicationInput): Promise<void> {
  if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof publication>(input);
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : 'unknown';
}

async function scheduled(at: number): Promise<{ readonly n: number }> {
  for (;;) {
    const { outcome, n } = await quick.openScheduledRelease(at);
    if (outcome === 'already') return { n };
    await drive(n);
    if (outcome !== 'busy') return { n };
    await startAnewWhenLong({ kind: 'scheduled', at });
    await sleep(LOOK_AGAIN);
  }
}

/** What cannot wait: persons to remove, then withdrawals, in one release or more until nothing is left. */
async function emergency(): Promise<{ readonly n: number }> {
  let last = 0;
  await long.erasePersons();
  for (;;) {
    await startAnewWhenLong({ kind: 'emergency' });
    const opened = await quick.openEmergencyRelease();
    if (opened.outcome === 'none') return { n: last };
    if (opened.outcome === 'already') return { n: opened.n };
    if (opened.outcome === 'busy') await sleep(LOOK_AGAIN_URGENTLY);
    else {
      await drive(opened.n);
      last = opened.n;
      await sleep(LOOK_AGAIN_URGENTLY);
    }
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
