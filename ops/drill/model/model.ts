import { isOpen } from '../../../domain/model/statuts.ts';
import type { DecisionKind, Statut } from '../../../domain/model/vocabulary.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 1_440 * MINUTE_MS;
const LEASE_MS = 10 * MINUTE_MS;

/** A soumission as the design's page tells it, without what the code knows. */
export interface Thought {
  statut: Statut;
  version: number;
  claim: { by: string; until: number } | null;
  decided: { by: string; at: number } | null;
  /** The accepted version that its approval made. */
  accepted: number | null;
  creation: boolean;
  /** When changes were asked for, while an answer is owed. */
  askedAt: number | null;
}

/** The small model of one fiche; `now` in ms. Every act answers the code of its refusal, or null when it is done. */
export class Model {
  now: number;
  versions = 0;
  inOffer = false;
  readonly soumissions: Thought[] = [];
  approvals = 0;

  constructor(now: number) {
    this.now = now;
  }

  get open(): Thought | undefined {
    return this.soumissions.find(({ statut }) => isOpen(statut));
  }

  #live(one: Thought): Thought['claim'] {
    return one.claim !== null && one.claim.until > this.now ? one.claim : null;
  }

  #heldBy(one: Thought, by: string): boolean {
    const live = this.#live(one);
    return live !== null && live.by !== by;
  }

  deposit(): void {
    const { open } = this;
    if (open === undefined) {
      const empty = { claim: null, decided: null, accepted: null, askedAt: null };
      this.soumissions.push({ statut: 'deposee', version: 1, creation: !this.inOffer, ...empty });
      return;
    }
    open.version += 1;
    open.statut = 'deposee';
    open.decided = null;
    open.askedAt = null;
  }

  check(): void {
    const { open } = this;
    if (open?.statut !== 'deposee') return;
    if (this.#live(open) === null) open.claim = null;
    open.statut = open.claim === null ? 'controlee' : 'enRevue';
  }

  claim(one: Thought, by: string, takeOver: boolean): string | null {
    if (one.statut !== 'controlee' && one.statut !== 'enRevue') return closedTo(one);
    if (one.statut === 'enRevue' && !takeOver && this.#heldBy(one, by)) return 'prise-par-un-collegue';
    one.statut = 'enRevue';
    one.claim = { by, until: this.now + LEASE_MS };
    return null;
  }

  giveBack(one: Thought, by: string): string | null {
    if (one.statut !== 'enRevue') return 'transition-interdite';
    if (this.#heldBy(one, by)) return 'prise-par-un-collegue';
    one.statut = 'controlee';
    one.claim = null;
    return null;
  }

  decide(one: Thought, by: string, { kind, version }: { kind: DecisionKind; version: number }): string | null {
    if (version !== one.version) return 'version-perimee';
    if (one.statut !== 'controlee' && one.statut !== 'enRevue') return closedTo(one);
    if (this.#heldBy(one, by)) return 'prise-par-un-collegue';
    one.claim = null;
    one.decided = { by, at: this.now };
    if (kind === 'refuse') one.statut = 'refusee';
    if (kind === 'requestChanges') {
      one.statut = 'correctionsDemandees';
      one.askedAt = this.now;
    }
    if (kind === 'approve') {
      one.statut = 'validee';
      this.approvals += 1;
      this.versions += 1;
      one.accepted = this.versions;
      this.inOffer = true;
    }
    return null;
  }

  /** The fiche went on: another is open, or another was accepted since. */
  #wentOn(one: Thought): boolean {
    const { open } = this;
    const later = this.soumissions.some(
      (other) => other !== one && other.accepted !== null && (other.decided?.at ?? 0) > (one.decided?.at ?? 0),
    );
    return (open !== undefined && open !== one) || later || this.restoredSince(one);
  }

  /** Another's approval was taken back since: that too made a version. */
  #restores: { of: Thought; at: number }[] = [];
  restoredSince(one: Thought): boolean {
    return this.#restores.some(({ of, at }) => of !== one && at > (one.decided?.at ?? 0));
  }

  #restore(one: Thought): void {
    this.versions += 1;
    this.inOffer = !one.creation;
    this.#restores.push({ of: one, at: this.now });
  }

  undo(one: Thought, by: string): string | null {
    if (!['validee', 'refusee', 'correctionsDemandees'].includes(one.statut) || one.decided === null)
      return 'transition-interdite';
    if (one.decided.by !== by) return 'interdit';
    if (this.now > one.decided.at + DAY_MS || this.#wentOn(one)) return 'annulation-depassee';
    if (one.statut === 'validee') this.#restore(one);
    Object.assign(one, { statut: 'enRevue', decided: null, accepted: null, askedAt: null });
    one.claim = { by, until: this.now + LEASE_MS };
    return null;
  }

  withdraw(one: Thought): string | null {
    if (!isOpen(one.statut) && one.statut !== 'validee') return 'transition-interdite';
    if (one.statut === 'validee') {
      if (this.#wentOn(one)) return 'annulation-depassee';
      this.#restore(one);
    }
    Object.assign(one, { statut: 'retiree', claim: null, askedAt: null });
    return null;
  }

  /** What timers do once their instant has come. */
  timers(): void {
    for (const one of this.soumissions) {
      if (one.statut === 'enRevue' && this.#live(one) === null)
        Object.assign(one, { statut: 'controlee', claim: null });
      if (one.askedAt !== null && this.now >= one.askedAt + 60 * DAY_MS + DAY_MS / 12)
        Object.assign(one, { statut: 'abandonnee', askedAt: null });
    }
  }

  release(): void {
    for (const one of this.soumissions) if (one.statut === 'validee') one.statut = 'publiee';
  }
}

/** What is decided says so; what only cannot move, that. */
function closedTo({ statut }: Thought): string {
  const decided = ['validee', 'publiee', 'refusee', 'correctionsDemandees'].includes(statut);
  return decided ? 'deja-decidee' : 'transition-interdite';
}
