/** One page of sending. */
export interface MailPage {
  readonly sent: number;
  /** More may leave at once. */
  readonly more: boolean;
  /** The server is away or asks for patience: nothing can leave for now. */
  readonly away: boolean;
}

export interface MailActivities {
  /** Sends the next mails of the outbox, one after the other, and keeps what became of each. May be repeated. */
  readonly sendMailPage: () => Promise<MailPage>;
}
