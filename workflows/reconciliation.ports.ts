/** Where a scan of pages stands; `after` is the last id seen. */
export interface ReconciliationPage {
  readonly after: string | null;
  /** Rows whose workflow was missing, or ended or began anew because it did not stand where its row does. */
  readonly started: number;
  readonly restarted: number;
  /** Workflows that knew more than PostgreSQL, which was restored: ids of their soumissions. */
  readonly lost: readonly string[];
}

/** What one reconciliation did; `lost` names workflows (`soumission-…`, `publication-…`) that knew more than PostgreSQL. */
export interface ReconciliationReport {
  readonly started: number;
  readonly restarted: number;
  readonly resumed: number;
  readonly lost: readonly string[];
  /** Brouillons given up because nobody touched them for so long. */
  readonly forgotten: number;
}

/** What reconciliation asks of the world; each page may be repeated. */
export interface ReconciliationActivities {
  /** Compares one page of rows, by id, with their workflows. */
  readonly reconcileRows: (after: string | null) => Promise<ReconciliationPage>;
  /** Ends the workflows of soumissions that have no row any more; answers their soumissions' ids. */
  readonly endOrphans: () => Promise<readonly string[]>;
  /** Starts again the imports and releases that are under way without a workflow; answers how many there are. */
  readonly resumeProcedures: () => Promise<number>;
  /** What workflows that ended did and PostgreSQL does not hold: it was restored. `soumission-…` and `publication-…`. */
  readonly lostByRestore: () => Promise<readonly string[]>;
  /** Gives up brouillons that nobody touched for 180 days; answers how many. */
  readonly abandonForgotten: () => Promise<number>;
}
