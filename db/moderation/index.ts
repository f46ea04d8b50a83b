export {
  type Brouillon,
  brouillonFromAccepted,
  createBrouillon,
  createWithdrawal,
  type NewBrouillon,
  saveBrouillon,
} from './brouillons.ts';
export { type Deposit, type DepositAnswer, depositBrouillon } from './deposit.ts';
export { depositReceived, type Received, type ReceivedAnswer } from './deposit-received.ts';
export { appendJournal, brokenLinks, type JournalEntry } from './journal.ts';
export { leaveTask, markTaskDone, OUTBOX_KINDS, waitingRevision } from './outbox.ts';
export { keepDecision, keepWords, readWords, type Words } from './words.ts';
