/** What the publication workflow asks of the world; each step may be repeated and then changes nothing more. */
export interface PublicationActivities {
  /** Opens the release of the Paris day of a scheduled instant (ms), or says which one stands for it or before it. */
  openScheduledRelease(at: number): Promise<OpenedRelease>;
  /** Takes up the fiches that changed or are due, with the versions accepted now; answers how many. */
  freezeRelease(n: number): Promise<number>;
  /** Renders and validates what was frozen, page by page. */
  renderRelease(n: number): Promise<void>;
  /** One transaction: members, statuses, journal. */
  switchRelease(n: number): Promise<{ readonly state: 'published' | 'empty' }>;
  /** Measures the files and writes the manifest. */
  writeManifest(n: number): Promise<void>;
  /** Tells the workflows of the soumissions that the release published; answers how many. */
  tellSoumissions(n: number): Promise<number>;
  reportRelease(n: number): Promise<void>;
  /** Gives up a release that was not switched. */
  failRelease(input: { readonly n: number; readonly reason: string }): Promise<void>;
}

/** `busy`: a release of another day is open and goes first; `already`: this day has its release. */
export interface OpenedRelease {
  readonly outcome: 'opened' | 'joined' | 'busy' | 'already';
  readonly n: number;
}

export type PublicationInput = { readonly kind: 'scheduled' } | { readonly kind: 'release'; readonly n: number };
