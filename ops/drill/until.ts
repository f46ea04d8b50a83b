import { setTimeout as sleep } from 'node:timers/promises';

const PATIENCE_MS = 90_000;
const LOOK_EVERY_MS = 150;

/** Looks until what it sees is done; throws with what it saw last. */
export async function until<T>(
  look: () => Promise<T>,
  done: (seen: T) => boolean,
  patienceMs = PATIENCE_MS,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const seen = await look();
    if (done(seen)) return seen;
    if (Date.now() > deadline) throw new Error(`Cannot wait any longer: ${JSON.stringify(seen).slice(0, 500)}`);
    await sleep(LOOK_EVERY_MS);
  }
}
