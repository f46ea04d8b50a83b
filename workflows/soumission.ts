import {
  ApplicationFailure,
  allHandlersFinished,
  CancellationScope,
  condition,
  continueAsNew,
  defineSignal,
  defineUpdate,
  isCancellation,
  proxyActivities,
  setHandler,
  workflowInfo,
} from '@temporalio/workflow';
import { Alarm } from './alarm.ts';
import type {
  ClaimInput,
  DecideInput,
  GiveBackInput,
  MendInput,
  ReviseInput,
  SoumissionAnswer,
  UndoInput,
  WithdrawInput,
} from './messages.ts';
import { SIGNALS, UPDATES } from './messages.ts';
import type { SoumissionActivities, SoumissionEffect, SoumissionState } from './ports.ts';
import { SoumissionRow } from './soumission-row.ts';
import { isOver, nextWake } from './soumission-wake.ts';

const { runChecks } = proxyActivities<SoumissionActivities>({
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 ms', backoffCoefficient: 2, maximumInterval: '30 seconds' },
});

function answerOf({ statut, version, claim }: SoumissionState): SoumissionAnswer {
  return claim === null
    ? { statut, version }
    : { statut, version, claim: { token: claim.token, expires: claim.expires } };
}

/** One person's act: judged at the door by its validator, then written in its turn. */
function takes<I>(row: SoumissionRow, name: string, effectOf: (input: I) => SoumissionEffect): void {
  setHandler(
    defineUpdate<SoumissionAnswer, [I]>(name),
    async (input: I) => answerOf(await row.command(effectOf(input))),
    { validator: (input: I) => row.require(effectOf(input)) },
  );
}

function takesActsOfPeople(row: SoumissionRow): void {
  takes<ClaimInput>(row, UPDATES.claim, ({ by, takeOver = false }) => ({ kind: 'claim', by, takeOver }));
  takes<GiveBackInput>(row, UPDATES.giveBack, (input) => ({ kind: 'giveBack', ...input }));
  takes<DecideInput>(row, UPDATES.decide, (input) => ({ kind: 'decide', ...input }));
  takes<UndoInput>(row, UPDATES.undo, ({ by }) => ({ kind: 'undo', by }));
  takes<WithdrawInput>(row, UPDATES.withdraw, (input) => ({ kind: 'withdraw', ...input }));
  takes<ReviseInput>(row, UPDATES.revise, (input) => ({ kind: 'revise', ...input }));
  takes<MendInput>(row, UPDATES.mend, (input) => ({ kind: 'mend', ...input }));
}

/** Whoever deposited waits here for the checks. */
function tellsChecks(row: SoumissionRow): void {
  setHandler(defineUpdate<SoumissionAnswer>(UPDATES.checked), async () => {
    await condition(() => row.state !== undefined && row.state?.statut !== 'deposee');
    if (row.state) return answerOf(row.state);
    throw ApplicationFailure.nonRetryable(`Cannot find soumission "${row.id}"`, 'introuvable');
  });
}

/** Checks one version; a revision that comes meanwhile drops them. */
async function check(row: SoumissionRow, { id, version }: SoumissionState): Promise<void> {
  const isCurrent = () => row.state?.version === version && row.state.statut === 'deposee';
  const scope = new CancellationScope();
  const checks = scope
    .run(() => runChecks({ id, version }))
    .then(
      () => undefined,
      (error: unknown) => {
        if (!isCancellation(error)) throw error;
      },
    );
  await Promise.race([checks, condition(() => !isCurrent())]);
  if (isCurrent()) await row.step({ kind: 'checked', version });
  else scope.cancel();
}

async function waitForNextStep(row: SoumissionRow, state: SoumissionState, alarm: Alarm): Promise<void> {
  const moved = () => row.state !== state || row.stale;
  const wake = nextWake(state);
  if (wake === null) {
    await condition(moved);
    return;
  }
  const rings = alarm.by(wake.at);
  await condition(() => moved() || rings());
  if (!moved() && Date.now() >= wake.at && wake.effect.kind !== 'look') await row.step(wake.effect);
}

async function goOn(row: SoumissionRow, alarm: Alarm): Promise<void> {
  if (row.stale || !row.state) await row.read();
  else if (row.state.statut === 'deposee') await check(row, row.state);
  else await waitForNextStep(row, row.state, alarm);
}

/**
 * The life of one soumission from deposit to publication (design §4): checks, queue, review, corrections, acceptance. It
 * can start in any statut: the row says where the story stands.
 */
export async function soumission(id: string): Promise<void> {
  const row = new SoumissionRow(id);
  const alarm = new Alarm();
  takesActsOfPeople(row);
  tellsChecks(row);
  setHandler(defineSignal(SIGNALS.rowMoved), () => {
    row.stale = true;
  });
  await row.read();
  for (;;) {
    if (!row.stale && isOver(row.state ?? null, Date.now())) {
      await condition(allHandlersFinished);
      if (!row.stale && isOver(row.state ?? null, Date.now())) return;
    }
    const startAgain = row.fenced || workflowInfo().continueAsNewSuggested;
    if (startAgain && allHandlersFinished()) await continueAsNew<typeof soumission>(id);
    await goOn(row, alarm);
  }
}
