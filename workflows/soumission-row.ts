import {
  ActivityFailure,
  ApplicationFailure,
  condition,
  currentUpdateInfo,
  proxyLocalActivities,
  upsertMemo,
} from '@temporalio/workflow';
import { type Refusal, refusalOf } from '../domain/model/refusals.ts';
import type { SoumissionActivities, SoumissionEffect, SoumissionState } from './ports.ts';

/** The database comes back or an operator looks: a step is tried until it is written. */
const { applyCommand, readSoumission } = proxyLocalActivities<SoumissionActivities>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '100 ms', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

function failureOf(error: unknown): ApplicationFailure | undefined {
  const cause = error instanceof ActivityFailure ? error.cause : error;
  return cause instanceof ApplicationFailure ? cause : undefined;
}

function refused({ code, details }: Refusal, kind: string): ApplicationFailure {
  return ApplicationFailure.create({ message: `Cannot ${kind}`, type: code, nonRetryable: true, details: [details] });
}

/** What the workflow knows of its row, and the one way to write it: one command at a time, fenced by `seq`. */
export class SoumissionRow {
  readonly id: string;
  /** Undefined until it was read; null when there is none. */
  state: SoumissionState | null | undefined = undefined;
  /** The row moved without this workflow: it looks again. */
  stale = false;
  /** A write was refused by the fence: this run ends and starts again from the row. */
  fenced = false;
  #turn: Promise<unknown> = Promise.resolve();

  constructor(id: string) {
    this.id = id;
  }

  /** Reads the row, between two commands. */
  read(): Promise<void> {
    return this.#inTurn(async () => {
      this.stale = false;
      this.#keep(await readSoumission(this.id));
    });
  }

  /** For validators: refuses at once what the known state forbids; what is not known yet is judged by the command. */
  require(effect: SoumissionEffect): void {
    if (this.state === undefined || this.state === null) return;
    const refusal = this.#refusal(this.state, effect, this.#commandeOfUpdate());
    if (refusal !== null) throw refused(refusal, effect.kind);
  }

  /** A person's command, under the id of its update. */
  async command(effect: SoumissionEffect): Promise<SoumissionState> {
    await condition(() => this.state !== undefined);
    const commande = this.#commandeOfUpdate();
    return this.#inTurn(() => this.#apply(effect, () => commande));
  }

  /** A step of the workflow itself, named after the `seq` it starts from. */
  step(effect: SoumissionEffect): Promise<SoumissionState> {
    return this.#inTurn(() => this.#apply(effect, (state) => `${this.id}:${effect.kind}:${state.seq}`));
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work);
    this.#turn = done.catch(() => undefined);
    return done;
  }

  async #apply(effect: SoumissionEffect, nameOf: (state: SoumissionState) => string): Promise<SoumissionState> {
    try {
      return await this.#write(effect, nameOf);
    } catch (error) {
      if (failureOf(error)?.type !== 'fence') throw failureOf(error) ?? error;
    }
    this.fenced = true;
    this.#keep(await readSoumission(this.id));
    return this.#write(effect, nameOf);
  }

  async #write(effect: SoumissionEffect, nameOf: (state: SoumissionState) => string): Promise<SoumissionState> {
    const { state } = this;
    if (!state) throw refused({ code: 'introuvable', details: { soumission: this.id } }, effect.kind);
    const commande = nameOf(state);
    const refusal = this.#refusal(state, effect, commande);
    if (refusal !== null) throw refused(refusal, effect.kind);
    const next = await applyCommand({ id: this.id, seq: state.seq, commande, at: Date.now(), ...effect });
    this.#keep(next);
    return next;
  }

  /** An open review extends its claim in the database: only the transaction knows that a claim is lost. */
  #refusal(state: SoumissionState, effect: SoumissionEffect, commande: string): Refusal | null {
    if (!('by' in effect) || state.commandes.includes(commande)) return null;
    const refusal = refusalOf(state, effect, Date.now());
    return refusal?.code === 'reservation-perdue' ? null : refusal;
  }

  #commandeOfUpdate(): string {
    return `${this.id}:${currentUpdateInfo()?.id ?? ''}`;
  }

  /** The memo tells the reconciler how far the workflow is, without asking it. */
  #keep(state: SoumissionState | null): void {
    const moved = state !== null && state.seq !== this.state?.seq;
    this.state = state;
    if (moved) upsertMemo({ seq: state.seq });
  }
}
