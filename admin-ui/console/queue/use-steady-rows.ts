import { useState } from 'react';

interface Row {
  readonly id: string;
}

/** True when the same rows come in the same order: showing them moves nothing. */
export function sameOrder(a: readonly Row[], b: readonly Row[]): boolean {
  return a.length === b.length && a.every(({ id }, at) => id === b[at]?.id);
}

/**
 * Rows that never jump under the cursor: while someone points at the list or is in it with the keyboard, news of rows
 * shown are taken in place and a new order waits until it is asked for.
 */
export function useSteadyRows<T extends Row>(fresh: readonly T[], busy: boolean) {
  const [shown, setShown] = useState(fresh);
  const waiting = busy && shown.length > 0 && !sameOrder(shown, fresh);
  if (!waiting && shown !== fresh) setShown(fresh);
  const inPlace = waiting ? shown.map((row) => fresh.find(({ id }) => id === row.id) ?? row) : fresh;
  return { rows: inPlace, waiting, showFresh: () => setShown(fresh) };
}
