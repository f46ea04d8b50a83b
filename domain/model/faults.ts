import type { Channel } from './vocabulary.ts';

export const SEVERITIES = ['blocking', 'warning', 'nonVerifie'] as const;
export type Severity = (typeof SEVERITIES)[number];

/**
 * One fault of one rule. `path` addresses the field in the fiche's document, `/` between steps; actions, sessions,
 * dispositifs and sites are named by their id (they keep it when rows move), repeated LHÉO elements by their index:
 * `/actions/{id}/sessions/{id}/champs/periode/debut`, `/champs/domaine-formation/code-FORMACODE/0`.
 */
export interface Fault {
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  /** Values that the rule's message quotes. */
  readonly values?: Readonly<Record<string, string | number>>;
}

/** What the checks of one version of a soumission found. */
export interface Controles {
  readonly version: number;
  readonly channel: Channel;
  readonly faults: readonly Fault[];
  readonly blocking: number;
  readonly warnings: number;
  readonly nonVerifies: number;
  /** Rules found at fault that ask for two people: a colleague of who decides confirms. Absent: none. */
  readonly twoPeople?: readonly string[];
}
