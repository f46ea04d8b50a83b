/** How much may vanish: more than this share of what there was and at least this many sessions stop it. */
export interface BreakerLimit {
  readonly share: number;
  readonly sessions: number;
}

/** Defaults of design §7, for a release and for what a source no longer sends alike. */
export const BREAKER = {
  overall: { share: 0.03, sessions: 100 },
  organisme: { share: 0.5, sessions: 5 },
  reRendered: 0.05,
} as const;

/** True when `gone` of `of` sessions are too many to be believed. */
export const isTooMuch = (gone: number, of: number, { share, sessions }: BreakerLimit): boolean =>
  gone >= sessions && gone > share * of;
