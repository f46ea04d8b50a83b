export type LotMode = 'decide' | 'undo';

/** One page of a lot: how many items were done and whether more wait. */
export interface LotPage {
  readonly done: number;
  readonly more: boolean;
}

export interface DecisionLotActivities {
  /** Decides, or takes back, the next page of a lot: each item by its own workflow, and its result kept. */
  readonly runLotPage: (input: { readonly id: string; readonly mode: LotMode }) => Promise<LotPage>;
  readonly endLot: (input: { readonly id: string; readonly mode: LotMode }) => Promise<void>;
}
