import type { Actor } from '../domain/model/requests.ts';
import type { Conduite, Statut } from '../domain/model/vocabulary.ts';
import type { DecisionRef } from './messages.ts';

/** What the workflow needs to know of its row; `null` when there is none. */
export interface SoumissionState {
  readonly id: string;
  readonly statut: Statut;
  readonly version: number;
  readonly seq: number;
  readonly conduite: Conduite;
  readonly claim: { readonly by: string; readonly token: number; readonly expires: number } | null;
  /** When, as instants in ms, the workflow has to wake: reminders and the end of an unanswered correction. */
  readonly wakeAt: {
    readonly reminders: readonly number[];
    readonly abandon: number | null;
    /** When moderators or administrators are told next that a promise comes due; absent in older histories. */
    readonly escalation?: number | null;
  };
  /** Who decided (nobody: a rule) and until when it may be undone (ms). */
  readonly decided: { readonly by: string | null; readonly at: number; readonly undoUntil: number } | null;
  /** Who entered it on behalf of an OF: a colleague then decides. */
  readonly saisiPar: string | null;
  /** Who approved this version first, where two voices are asked for. */
  readonly premiereVoix?: string | null;
  /** The last commands applied: one that is sent again is no new wish. */
  readonly commandes: readonly string[];
}

/**
 * One step of a soumission, written in one transaction fenced by `seq`. `commande` makes a retry find its own answer:
 * the soumission's id, then the update's id or a name that the workflow makes for its own steps.
 */
export type SoumissionCommand = {
  readonly id: string;
  readonly seq: number;
  readonly commande: string;
  readonly at: number;
} & SoumissionEffect;

/** What a step does. */
export type SoumissionEffect =
  | { readonly kind: 'checked'; readonly version: number }
  | { readonly kind: 'claim'; readonly by: Actor; readonly takeOver: boolean }
  | { readonly kind: 'giveBack'; readonly by: Actor }
  | { readonly kind: 'leaseOver' }
  | { readonly kind: 'decide'; readonly by: Actor; readonly decision: DecisionRef; readonly token?: number }
  | { readonly kind: 'undo'; readonly by: Actor }
  | { readonly kind: 'withdraw'; readonly by: Actor; readonly words?: string }
  | { readonly kind: 'revise'; readonly by: Actor; readonly brouillonId: string }
  | { readonly kind: 'mend'; readonly by: Actor; readonly version: number; readonly words: string }
  | { readonly kind: 'escalate' }
  | { readonly kind: 'remind' }
  | { readonly kind: 'abandon' };

/** What the soumission workflow asks of the world. */
export interface SoumissionActivities {
  readonly readSoumission: (id: string) => Promise<SoumissionState | null>;
  /** Runs the rules on one version and keeps what they found; answers how many faults block. */
  readonly runChecks: (input: {
    readonly id: string;
    readonly version: number;
  }) => Promise<{ readonly blocking: number }>;
  /** Local: the transaction of one command; fails with `fence` when the row is not where the workflow thinks. */
  readonly applyCommand: (command: SoumissionCommand) => Promise<SoumissionState>;
}
