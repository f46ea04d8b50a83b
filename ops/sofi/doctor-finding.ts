/** What one check of the doctor found. */
export interface Finding {
  /** `attention` does not stop the platform, `faute` does. */
  readonly state: 'bien' | 'attention' | 'faute';
  readonly what: string;
  /** What to do about it. */
  readonly mend?: string;
}
