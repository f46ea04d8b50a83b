export { decisionLot } from './decision-lot.ts';
export { fileImport } from './file-import.ts';
export { journalSeal } from './journal-seal.ts';
export { mail } from './mail.ts';
export { publication } from './publication.ts';
export { reconciliation } from './reconciliation.ts';
export { referenceImport } from './reference-import.ts';
export { soumission } from './soumission.ts';
