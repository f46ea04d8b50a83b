import { CancellationScope, isCancellation, sleep } from '@temporalio/workflow';

interface Ringing {
  readonly at: number;
  readonly scope: CancellationScope;
  rang: boolean;
}

/**
 * The one timer of a workflow. A deadline that moves away keeps the timer that runs: it rings early and is set again then,
 * which costs less than two events at each step.
 */
export class Alarm {
  #ringing: Ringing | undefined;

  /** Rings at an instant (ms) or before; the answer says whether it has. */
  by(at: number): () => boolean {
    let ringing = this.#ringing;
    if (ringing === undefined || ringing.rang || ringing.at > at) {
      ringing?.scope.cancel();
      ringing = this.#start(at);
    }
    const set = ringing;
    return () => set.rang;
  }

  #start(at: number): Ringing {
    const ringing: Ringing = { at, scope: new CancellationScope(), rang: false };
    this.#ringing = ringing;
    ringing.scope
      .run(() => sleep(Math.max(1, at - Date.now())))
      .then(
        () => {
          ringing.rang = true;
        },
        (error: unknown) => {
          if (!isCancellation(error)) throw error;
        },
      );
    return ringing;
  }
}
