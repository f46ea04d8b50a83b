import { closeClocks } from '../../../domain/model/promise.ts';
import { tellOf } from '../../mail/tell.ts';
import { noticesOfStep } from '../notices.ts';
import { ABANDON_DAYS, REMINDER_DAYS } from '../state.ts';
import { echeancesOf, happened, type Step, write } from './step.ts';

/** Tells the journal that the OF, which owes an answer, was reminded. */
export async function remind(step: Step): Promise<void> {
  const { reminders } = step.state.wakeAt;
  const [next] = reminders;
  if (next === undefined || next > step.at) return;
  const data = { day: REMINDER_DAYS.at(-reminders.length) };
  await noticesOfStep(step, [{ kind: 'rappel', audience: 'of', data }]);
  await tellOf(step.sql, { kind: 'rappel', by: null, at: step.at }, [happened(step, step.commande, data)]);
  await write(step, {
    told: [{ act: 'remind', to: 'correctionsDemandees', data }],
  });
}

/** 60 calendar days without an answer end the soumission. */
export async function abandon(step: Step): Promise<void> {
  const { abandon: due } = step.state.wakeAt;
  if (due === null || due > step.at) return;
  const data = { days: ABANDON_DAYS };
  await noticesOfStep(step, [{ kind: 'abandon', audience: 'of', data }]);
  await tellOf(step.sql, { kind: 'abandon', by: null, at: step.at }, [happened(step, step.commande, data)]);
  await write(step, {
    told: [{ act: 'abandonner', to: 'abandonnee', data }],
    echeances: closeClocks(echeancesOf(step), step.at),
  });
}
