import { addDays } from '../../domain/model/calendar.ts';
import { CAUSES, type FreshnessCause } from '../../domain/model/fraicheur/causes.ts';
import { stalenessNow } from '../../domain/model/fraicheur/judge.ts';
import type { FreshnessSettings } from '../../domain/model/fraicheur/settings.ts';
import { type FreshnessStage, stageOn, stageRank } from '../../domain/model/fraicheur/stages.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { latestDay } from '../../domain/model/lheo-dates.ts';
import type { Database } from '../connect.ts';
import { type FreshnessPage, type FreshnessRow, freshnessPage } from './sessions-page.ts';

const PAGE = 2_000;
const HORIZON_DAYS = 30;

/** What settings would do by a day, if nobody answered. */
interface TrialDay {
  readonly jour: string;
  /** Organismes that would be written to, and sessions that they would be asked about. */
  readonly organismes: number;
  readonly sessions: number;
  readonly marquees: number;
  readonly retirees: number;
}

export interface FreshnessTrial {
  readonly examinees: number;
  readonly aujourdhui: TrialDay;
  /** From today to thirty days on. */
  readonly sous30Jours: TrialDay;
  readonly causes: Readonly<Partial<Record<FreshnessCause, number>>>;
}

class Count {
  readonly organismes = new Set<string>();
  sessions = 0;
  marquees = 0;
  retirees = 0;

  add(organisme: string, from: FreshnessStage, to: FreshnessStage): void {
    const reaches = (stage: FreshnessStage) => stageRank(from) < stageRank(stage) && stageRank(stage) <= stageRank(to);
    if (!reaches('rappel1') && !reaches('rappel2') && !reaches('marquee') && !reaches('retiree')) return;
    this.organismes.add(organisme);
    this.sessions += 1;
    if (reaches('marquee') && to !== 'archivee') this.marquees += 1;
    if (reaches('retiree') && to !== 'archivee') this.retirees += 1;
  }

  of(jour: ParisDay): TrialDay {
    const { organismes, sessions, marquees, retirees } = this;
    return { jour, organismes: organismes.size, sessions, marquees, retirees };
  }
}

/** Judges the present offer by settings, as of a business day, and changes nothing. */
export async function tryFreshness(db: Database, settings: FreshnessSettings, day: ParisDay): Promise<FreshnessTrial> {
  const [now, later] = [new Count(), new Count()];
  const horizon = addDays(day, HORIZON_DAYS);
  const causes: Partial<Record<FreshnessCause, number>> = {};
  const judge = ({ facts, state, organisme }: FreshnessRow) => {
    const found = stalenessNow(day, { facts, state, depart: day }, settings);
    if (found === undefined) return;
    const { stages } = CAUSES[found.cause];
    const reached = (on: ParisDay) => stageOn(on, found.d, { periods: settings.etapes, stages });
    const last = latestDay(facts.fin);
    now.add(organisme, state.stade, reached(day));
    later.add(organisme, state.stade, reached(last !== undefined && last < horizon && last > day ? last : horizon));
    if (stageRank(reached(horizon)) > stageRank(state.stade)) causes[found.cause] = (causes[found.cause] ?? 0) + 1;
  };
  let [examinees, after]: [number, string | null] = [0, null];
  do {
    const cursor: string | null = after;
    const page: FreshnessPage = await db.asWorker((sql) =>
      freshnessPage(sql, settings, { day, after: cursor, limit: PAGE }),
    );
    for (const row of page.rows) judge(row);
    examinees += page.rows.length;
    after = page.after;
  } while (after !== null);
  return { examinees, aujourdhui: now.of(day), sous30Jours: later.of(horizon), causes };
}
