export { applyCommand, type Effect } from './apply-command.ts';
export { brouillonFromAccepted, createBrouillon, createWithdrawal, saveBrouillon } from './brouillons.ts';
export { extendClaim } from './claims.ts';
export { type DepositAnswer, depositBrouillon } from './deposit.ts';
export { depositReceived } from './deposit-received.ts';
export { brokenLinks } from './journal.ts';
export { markTaskDone } from './outbox.ts';
export { readState, type SoumissionState } from './state.ts';
export { keepDecision, keepWords } from './words.ts';
