import { addDays } from '../calendar.ts';
import type { ParisDay } from '../ids.ts';
import { earliestDay, latestDay } from '../lheo-dates.ts';
import type { Bilingual } from '../words.ts';
import { type FreshnessSettings, learnedPeriod, type Punctuality, type SessionKind } from './settings.ts';
import type { FreshnessStage } from './stages.ts';

/** What is known of a session and its fiche when its freshness is judged; the judgement needs no clock. */
export interface SessionFacts {
  /** LHÉO dates, AAAAMMJJ. */
  readonly debut: string;
  readonly fin: string;
  /** LHÉO's `etat-recrutement`; 1 is open. */
  readonly etat: string | null;
  readonly kind: SessionKind;
  /** Paris day on which the cycle began: the last confirmation or accepted change. */
  readonly depuis: ParisDay;
  /** Last confirmation; null when there never was one. */
  readonly confirmeeLe: ParisDay | null;
  /** Last day on which the certification may be prepared; null when nothing ends. */
  readonly finCertification: ParisDay | null;
  /** Day from which the commune of its address is known to be gone; null while it exists. */
  readonly finAdresse: ParisDay | null;
  readonly ponctualite: Punctuality;
}

export const FRESHNESS_CAUSES = [
  'sessionTerminee',
  'recrutementOuvert',
  'debutProche',
  'permanente',
  'fiche',
  'certification',
  'adresse',
] as const;
export type FreshnessCause = (typeof FRESHNESS_CAUSES)[number];

interface Cause {
  readonly libelle: Bilingual;
  /** The day D of staleness; undefined while the cause does not apply. */
  readonly day: (facts: SessionFacts, settings: FreshnessSettings) => ParisDay | undefined;
  /** The stages that the cause goes through. */
  readonly stages: readonly FreshnessStage[];
}

const ALL_STAGES = ['aConfirmer', 'rappel1', 'rappel2', 'marquee', 'retiree', 'archivee'] as const;
const later = (one: ParisDay, other: ParisDay): ParisDay => (one < other ? other : one);
const lastWord = ({ depuis, confirmeeLe }: SessionFacts) =>
  confirmeeLe !== null && confirmeeLe > depuis ? confirmeeLe : depuis;
const isDated = ({ kind }: SessionFacts) => kind !== 'permanente';

function untouched(facts: SessionFacts, settings: FreshnessSettings): ParisDay {
  return addDays(lastWord(facts), learnedPeriod(settings, facts.kind, facts.ponctualite));
}

/** What makes a session stale, as data: the pass, the trial and the board read this one table (issue 7, point 1). */
export const CAUSES: Readonly<Record<FreshnessCause, Cause>> = {
  sessionTerminee: {
    libelle: { fr: 'Session terminée', en: 'Session ended' },
    day({ fin, kind }) {
      const last = kind === 'permanente' ? undefined : latestDay(fin);
      return last && addDays(last, 1);
    },
    // It left the feeds by itself: one word is enough to ask for the next dates.
    stages: ['rappel1', 'archivee'],
  },
  recrutementOuvert: {
    libelle: { fr: 'Recrutement ouvert après le début', en: 'Recruitment open after the start' },
    day(facts, settings) {
      const start = earliestDay(facts.debut);
      if (!isDated(facts) || facts.etat !== '1' || start === undefined) return undefined;
      const said = facts.confirmeeLe !== null && facts.confirmeeLe > start;
      return said ? untouched(facts, settings) : addDays(start, 1);
    },
    stages: ALL_STAGES,
  },
  debutProche: {
    libelle: { fr: 'Début proche, jamais confirmée', en: 'Starting soon, never confirmed' },
    day(facts, { avantDebut }) {
      const start = earliestDay(facts.debut);
      if (!isDated(facts) || start === undefined || facts.confirmeeLe !== null || facts.depuis > start)
        return undefined;
      return addDays(start, -avantDebut);
    },
    stages: ALL_STAGES,
  },
  permanente: {
    libelle: { fr: 'Entrées permanentes sans confirmation', en: 'Permanent entry without confirmation' },
    day: (facts, settings) => (isDated(facts) ? undefined : untouched(facts, settings)),
    stages: ALL_STAGES,
  },
  fiche: {
    libelle: { fr: 'Fiche inchangée depuis longtemps', en: 'Entry untouched for long' },
    day: (facts, settings) => (isDated(facts) ? untouched(facts, settings) : undefined),
    stages: ALL_STAGES,
  },
  certification: {
    libelle: { fr: 'Certification échue', en: 'Certification lapsed' },
    day(facts) {
      const { finCertification: last } = facts;
      const start = earliestDay(facts.debut);
      if (last === null || (isDated(facts) && start !== undefined && start <= last)) return undefined;
      return addDays(last, 1);
    },
    stages: ALL_STAGES,
  },
  adresse: {
    libelle: { fr: 'Adresse disparue', en: 'Address gone' },
    day: ({ finAdresse }) => finAdresse ?? undefined,
    stages: ALL_STAGES,
  },
};

export interface Staleness {
  readonly cause: FreshnessCause;
  /** The day D from which the stages are counted. */
  readonly d: ParisDay;
}

/**
 * From when on a session is stale, and why: the first of its causes, never within the respite that follows an act. What
 * has ended on `day` is past every other cause.
 */
export function stalenessOf(facts: SessionFacts, settings: FreshnessSettings, day: ParisDay): Staleness | undefined {
  const ended = CAUSES.sessionTerminee.day(facts, settings);
  if (ended !== undefined && ended <= day) return { cause: 'sessionTerminee', d: ended };
  const calm = addDays(facts.depuis, settings.repit);
  const found: Staleness[] = FRESHNESS_CAUSES.flatMap((cause) => {
    const d = CAUSES[cause].day(facts, settings);
    return d === undefined ? [] : [{ cause, d: later(d, calm) }];
  });
  return found.toSorted((one, other) => (one.d < other.d ? -1 : one.d > other.d ? 1 : 0))[0];
}
