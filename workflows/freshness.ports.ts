/** What the freshness pass asks of the world; each step may be repeated and then changes nothing more. */
export interface FreshnessActivities {
  /** The business day for which a run meant for a real instant, in ms, stands when it comes to its turn. */
  freshnessDay(at: number): Promise<string>;
  /** Judges every session of the offer as of a Paris day, page by page; nothing while freshness is switched off. */
  freshnessPass(day: string): Promise<FreshnessReport>;
}

export interface FreshnessReport {
  readonly examinees: number;
  readonly avancees: number;
  readonly courriels: number;
}
