export { applyCommand, type Command, type Effect } from './apply-command.ts';
export {
  type Brouillon,
  brouillonFromAccepted,
  createBrouillon,
  createWithdrawal,
  type NewBrouillon,
  saveBrouillon,
} from './brouillons.ts';
export { extendClaim, LEASE_MS } from './claims.ts';
export { contentHash } from './content.ts';
export { type Deposit, type DepositAnswer, depositBrouillon } from './deposit.ts';
export { depositReceived, type Received, type ReceivedAnswer } from './deposit-received.ts';
export { appendJournal, brokenLinks, type JournalEntry } from './journal.ts';
export { leaveTask, markTaskDone, OUTBOX_KINDS, waitingRevision } from './outbox.ts';
export { readState, type SoumissionState } from './state.ts';
export { keepDecision, keepWords, readWords, type Words } from './words.ts';
