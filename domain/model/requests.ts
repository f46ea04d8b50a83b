import type { UserId } from './ids.ts';
import type { FieldReason, Role } from './vocabulary.ts';

/** Who acts: a person's id and the role they act in; never a name. */
export interface Actor {
  readonly userId: UserId;
  readonly role: Role;
}

/** A change asked for on one field; a suggestion can be accepted in one click. */
export interface FieldRequest {
  readonly path: string;
  readonly reason: FieldReason;
  readonly comment: string;
  readonly suggestion?: unknown;
}

/** A moderator's decision on the version that was looked at. */
export type Decision =
  | { readonly kind: 'approve'; readonly version: number }
  | { readonly kind: 'refuse'; readonly version: number; readonly motif: string }
  | {
      readonly kind: 'requestChanges';
      readonly version: number;
      readonly motif?: string;
      readonly champs: readonly FieldRequest[];
    };
