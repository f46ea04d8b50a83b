/** What the demo's clock asks of the world. */
export interface DemoClockActivities {
  /** Moves the business clock one day forward for a run; answers the business day, null once all its days are done. */
  nextBusinessDay(id: string): Promise<{ readonly day: string; readonly at: number } | null>;
  /** Says what the run is at; `faits` counts a day that is done. */
  clockStep(input: { readonly id: string; readonly step: 'fraicheur' | 'release' | 'fait' }): Promise<void>;
  endClock(input: { readonly id: string; readonly state: 'done' | 'failed' }): Promise<void>;
}
