import { closeClocks } from '../../../domain/model/promise.ts';
import { noticesOfStep } from '../notices.ts';
import { ABANDON_DAYS, REMINDER_DAYS } from '../state.ts';
import { echeancesOf, type Step, write } from './step.ts';

/** Tells the journal that the OF, which owes an answer, was reminded. */
export async function remind(step: Step): Promise<void> {
  const { reminders } = step.state.wakeAt;
  const [next] = reminders;
  if (next === undefined || next > step.at) return;
  const data = { day: REMINDER_DAYS.at(-reminders.length) };
  await noticesOfStep(step, [{ kind: 'rappel', audience: 'of', data }]);
  await write(step, {
    told: [{ act: 'remind', to: 'correctionsDemandees', data }],
  });
}

/** 60 calendar days without an answer end the soumission. */
export async function abandon(step: Step): Promise<void> {
  const { abandon: due } = step.state.wakeAt;
  if (due === null || due > step.at) return;
  await noticesOfStep(step, [{ kind: 'abandon', audience: 'of', data: { days: ABANDON_DAYS } }]);
  await write(step, {
    told: [{ act: 'abandonner', to: 'abandonnee', data: { days: ABANDON_DAYS } }],
    echeances: closeClocks(echeancesOf(step), step.at),
  });
}
