/** What sealing asks of the world; it may be repeated. */
export interface JournalSealActivities {
  /** Seals the heads of all chains that moved; answers the seal's number and how many, or null when none did. */
  readonly sealJournalNow: () => Promise<{ readonly n: number; readonly chains: number } | null>;
}
