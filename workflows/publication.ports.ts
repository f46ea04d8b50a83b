/** What the publication workflow asks of the world; each step may be repeated and then changes nothing more. */
export interface PublicationActivities {
  /**
   * Opens the release of the Paris day of a scheduled instant (ms), of the last day due when it waited for longer than a
   * day, or says which one stands for it or before it.
   */
  openScheduledRelease(at: number): Promise<OpenedRelease>;
  /** Removes the persons that wait to be removed from documents and bytes; answers how many fiches named them. */
  erasePersons(): Promise<number>;
  /** Opens the release of what cannot wait, or says that nothing does. */
  openEmergencyRelease(): Promise<OpenedRelease | { readonly outcome: 'none' }>;
  /** Before the freeze: CPF markings that are missing or old, bytes of a new writer. */
  prepareRelease(n: number): Promise<void>;
  /** Takes up the fiches that changed or are due, with the versions accepted now; answers how many. */
  freezeRelease(n: number): Promise<number>;
  /** Judges, renders and validates what was frozen, page by page, until it is done or somebody asks it to wait. */
  renderRelease(n: number): Promise<{ readonly outcome: 'done' | 'paused' }>;
  /** The circuit breaker: `again` when some fiches have to be rendered anew, `end` when it is not to be switched. */
  judgeRelease(n: number): Promise<{ readonly outcome: 'pass' | 'again' | 'end' }>;
  isPaused(n: number): Promise<boolean>;
  /** One transaction: members, statuses, journal; `again` when fiches that became urgent have to be rendered first. */
  switchRelease(n: number): Promise<{ readonly state: 'published' | 'empty' | 'again' }>;
  /** Measures the files and writes the manifest. */
  writeManifest(n: number): Promise<void>;
  /** Tells the workflows of the soumissions that the release published; answers how many. */
  tellSoumissions(n: number): Promise<number>;
  reportRelease(n: number): Promise<void>;
  /** Gives up a release that was not switched. */
  failRelease(input: { readonly n: number; readonly reason: string }): Promise<void>;
}

/** `busy`: another release is open and goes first; `already`: this day has its release. */
export interface OpenedRelease {
  readonly outcome: 'opened' | 'joined' | 'busy' | 'already';
  readonly n: number;
}

export type PublicationInput =
  /** `at`: the instant meant, in ms, when it is not the Schedule's. */
  | { readonly kind: 'scheduled'; readonly at?: number }
  | { readonly kind: 'emergency' }
  | { readonly kind: 'release'; readonly n: number };
