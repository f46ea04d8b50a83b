export { fileImport } from './file-import.ts';
export { publication } from './publication.ts';
export { reconciliation } from './reconciliation.ts';
export { referenceImport } from './reference-import.ts';
export { soumission } from './soumission.ts';
