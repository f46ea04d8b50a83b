import { addDays } from '../calendar.ts';
import type { ParisDay } from '../ids.ts';
import type { Bilingual } from '../words.ts';
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

export const STAGE_LABELS: Readonly<Record<FreshnessStage, Bilingual>> = {
  fraiche: { fr: 'Fraîche', en: 'Fresh' },
  aConfirmer: { fr: 'À confirmer bientôt', en: 'To confirm soon' },
  rappel1: { fr: 'Premier rappel', en: 'First reminder' },
  rappel2: { fr: 'Deuxième rappel', en: 'Second reminder' },
  marquee: { fr: 'Marquée « à confirmer »', en: 'Marked “to confirm”' },
  retiree: { fr: 'Retirée de la publication', en: 'Taken out of publication' },
  archivee: { fr: 'Archivée', en: 'Archived' },
};

/** Stages whose sessions the feeds do not show. */
export const OUT_STAGES = ['retiree', 'archivee'] as const satisfies readonly FreshnessStage[];

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
export const isOut = (stage: FreshnessStage): boolean => stage === 'retiree' || stage === 'archivee';

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

/** The stage that a session stale from `d` on has reached on `day`, among those that its cause goes through. */
export function stageOn(
  day: ParisDay,
  d: ParisDay,
  { periods, stages }: { readonly periods: StagePeriods; readonly stages: readonly FreshnessStage[] },
): FreshnessStage {
  let reached: FreshnessStage = 'fraiche';
  for (const stage of FRESHNESS_STAGES) {
    if (stage !== 'fraiche' && stages.includes(stage) && stageDay(stage, d, periods) <= day) reached = stage;
  }
  return reached;
}
