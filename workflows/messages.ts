import type { Actor } from '../domain/model/requests.ts';
import type { DecisionKind, Statut } from '../domain/model/vocabulary.ts';

/** Task queues: people wait on the first, never on the second. */
export const INTERACTIF = 'interactif';
export const LOTS = 'lots';

/** A worker that dies over a workflow's task costs so much, half of the server's own default; given at each start. */
export const TASK_TIMEOUT = '5s' as const;

/** Workflow types by name, so that the API starts them without importing their code. */
export const WORKFLOWS = {
  soumission: 'soumission',
  import: 'fileImport',
  publication: 'publication',
  reconciliation: 'reconciliation',
  referenceImport: 'referenceImport',
  journalSeal: 'journalSeal',
  decisionLot: 'decisionLot',
  mail: 'mail',
  freshness: 'freshness',
  demoClock: 'demoClock',
} as const;

/** The workflow id of a noun's procedure: one per soumission, per import, one publication at a time. */
export const workflowIdOf = {
  soumission: (id: string) => `soumission-${id}`,
  import: (id: string) => `import-${id}`,
  lot: (id: string) => `lot-${id}`,
  publication: (n: number | string) => `publication-${n}`,
};

/** The workflow id of the one sender of mails. */
export const MAIL_SENDER = 'courriel-expediteur';

/** The Schedule that asks for the daily release. */
export const PUBLICATION_SCHEDULE = 'publication-quotidienne';

/** The Schedule that looks for stale sessions. */
export const FRESHNESS_SCHEDULE = 'fraicheur-quotidienne';

/** The Schedule that loads the State's tables. */
export const REFERENCE_SCHEDULE = 'referentiels-quotidiens';

/** The Schedule that seals the journal. */
export const SEAL_SCHEDULE = 'sceau-horaire';

/** Updates of the soumission workflow. Each answers `SoumissionAnswer`, or fails with a code of the error catalogue. */
export const UPDATES = {
  /** Waits for the checks of the current version; argument none. */
  checked: 'checked',
  claim: 'claim',
  giveBack: 'giveBack',
  decide: 'decide',
  undo: 'undo',
  withdraw: 'withdraw',
  revise: 'revise',
  mend: 'mend',
} as const;

/** Signals of the soumission workflow: it reads its row again (published by a release, restored, repaired). */
export const SIGNALS = {
  rowMoved: 'rowMoved',
  /** To a publication: somebody resumed it. */
  releaseMoved: 'releaseMoved',
} as const;

export interface ClaimInput {
  readonly by: Actor;
  readonly takeOver?: boolean;
}

export interface GiveBackInput {
  readonly by: Actor;
}

/**
 * A decision without its words: motif and requests per field are content, which no history may hold. `keepDecision` of
 * db/moderation keeps them first and gives this reference.
 */
export interface DecisionRef {
  readonly kind: DecisionKind;
  readonly version: number;
  readonly words?: string;
}

export interface DecideInput {
  readonly by: Actor;
  readonly decision: DecisionRef;
  /** Fencing number of the caller's claim; without it the caller's own live claim is used, or taken. */
  readonly token?: number;
}

export interface UndoInput {
  readonly by: Actor;
  readonly version?: number;
}

export interface WithdrawInput {
  readonly by: Actor;
  /** Where its motif is kept (`keepWords` of db/moderation). */
  readonly words?: string;
}

/** A brouillon frozen as the next revision; the update's id is `outbox-` and the id of its outbox row. */
export interface ReviseInput {
  readonly by: Actor;
  readonly brouillonId: string;
}

/** A moderator's own corrections of a version; what they are is kept by `keepWords` of db/moderation. */
export interface MendInput {
  readonly by: Actor;
  readonly version: number;
  readonly words: string;
}

/** What the workflow says once its transaction is done; the API reads the rest from PostgreSQL. */
export interface SoumissionAnswer {
  readonly statut: Statut;
  readonly version: number;
  readonly claim?: { readonly token: number; readonly expires: number };
}
