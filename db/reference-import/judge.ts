/** What a file brings beside what the table holds. */
export interface ReferenceCounts {
  /** Rows held before; 0 for a first load. */
  readonly before: number;
  readonly read: number;
  readonly unreadable: number;
  /** Rows held before that the file gives otherwise, or no longer. */
  readonly changed: number;
}

/** Shares beyond which a file looks damaged (design §5); fractions of 1. */
interface QuarantineLimits {
  readonly shrink: number;
  readonly changed: number;
  readonly unreadable: number;
}

const QUARANTINE_LIMITS: QuarantineLimits = { shrink: 0.05, changed: 0.1, unreadable: 0.01 };

/** Why a file goes to quarantine, in words for the operator; undefined when it may be loaded. */
export function quarantineReason(counts: ReferenceCounts, limits = QUARANTINE_LIMITS): string | undefined {
  const { before, read, unreadable, changed } = counts;
  const lines = read + unreadable;
  if (read === 0) return 'aucune ligne lisible';
  if (unreadable > lines * limits.unreadable) return `${unreadable} lignes illisibles sur ${lines}`;
  if (before === 0) return undefined;
  if (read < before * (1 - limits.shrink)) return `${read} lignes, ${before} avant`;
  if (changed > before * limits.changed) return `${changed} lignes changées ou disparues sur ${before}`;
  return undefined;
}
