import { useState } from 'react';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import { LOT_MAX } from '../../../domain/model/vie.ts';

/** The rows chosen in a view of the queue, by id; each keeps the version that was looked at. */
export type Selection = ReadonlyMap<string, SoumissionRowDto>;

/** The choice with rows put in or taken out; never more than a lot holds. */
function chosen(selected: Selection, rows: readonly SoumissionRowDto[], on: boolean): Selection {
  const next = new Map(selected);
  for (const row of rows) {
    if (!on) next.delete(row.id);
    else if (next.size < LOT_MAX || next.has(row.id)) next.set(row.id, row);
  }
  return next;
}

/** What is chosen in a view, over its pages; another view starts anew. */
export function useSelection(view: string) {
  const [state, setState] = useState<{ view: string; selected: Selection }>({ view, selected: new Map() });
  const selected: Selection = state.view === view ? state.selected : new Map();
  return {
    selected,
    choose: (rows: readonly SoumissionRowDto[], on: boolean) =>
      setState({ view, selected: chosen(selected, rows, on) }),
    clear: () => setState({ view, selected: new Map() }),
  };
}
