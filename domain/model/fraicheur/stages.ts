import { addDays } from '../calendar.ts';
import type { ParisDay } from '../ids.ts';
import { addWorkingDays, previousWorkingDay } from '../working-days.ts';

/** Where a session stands between two confirmations, in order (design §8). */
export const FRESHNESS_STAGES = [
  'fraiche',
  'aConfirmer',
  'rappel1',
  'rappel2',
  'marquee',
  'retiree',
  'archivee',
] as const;
export type FreshnessStage = (typeof FRESHNESS_STAGES)[number];

/** When each stage begins: working days from the day of staleness D; `archivee` calendar days after `retiree`. */
export type StagePeriods = Readonly<Record<Exclude<FreshnessStage, 'fraiche'>, number>>;

export const DEFAULT_PERIODS: StagePeriods = {
  aConfirmer: -5,
  rappel1: 0,
  rappel2: 5,
  marquee: 10,
  retiree: 15,
  archivee: 30,
};

export const stageRank = (stage: FreshnessStage): number => FRESHNESS_STAGES.indexOf(stage);

function shiftWorkingDays(day: ParisDay, count: number): ParisDay {
  let shifted = addWorkingDays(day, Math.max(count, 0));
  for (let n = 0; n > count; n--) shifted = previousWorkingDay(shifted);
  return shifted;
}

/** First Paris day of a stage for a session that is stale from `d` on. */
export function stageDay(stage: Exclude<FreshnessStage, 'fraiche'>, d: ParisDay, periods: StagePeriods): ParisDay {
  if (stage === 'archivee') return addDays(stageDay('retiree', d, periods), periods.archivee);
  return shiftWorkingDays(d, periods[stage]);
}

/** Calendar days that so many working days never exceed, weekends and holidays counted in. */
const atMostDays = (workingDays: number): number => 2 * Math.abs(workingDays) + 15;

/**
 * The stage that a session stale from `d` on has reached on `day`, among those that its cause goes through; the stages
 * are in their order, so the first that is to come ends the search.
 */
export function stageOn(
  day: ParisDay,
  d: ParisDay,
  { periods, stages }: { readonly periods: StagePeriods; readonly stages: readonly FreshnessStage[] },
): FreshnessStage {
  if (d > addDays(day, atMostDays(Math.min(periods.aConfirmer, 0)))) return 'fraiche';
  let reached: FreshnessStage = 'fraiche';
  for (const stage of FRESHNESS_STAGES) {
    if (stage === 'fraiche' || !stages.includes(stage)) continue;
    if (stageDay(stage, d, periods) > day) return reached;
    reached = stage;
  }
  return reached;
}
