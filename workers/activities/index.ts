import type { WorkerDeps } from '../deps.ts';
import { decisionLotActivities } from './decision-lot.ts';
import { demoClockActivities } from './demo-clock.ts';
import { fileImportActivities } from './file-import.ts';
import { freshnessActivities } from './freshness.ts';
import { journalSealActivities } from './journal-seal.ts';
import { mailActivities } from './mail.ts';
import { publicationActivities } from './publication.ts';
import { reconciliationActivities } from './reconciliation.ts';
import { referenceImportActivities } from './reference-import.ts';
import { soumissionActivities } from './soumission.ts';

/** Every activity, by the name under which workflows call it. */
export function allActivities(deps: WorkerDeps) {
  return {
    ...soumissionActivities(deps),
    ...publicationActivities(deps),
    ...fileImportActivities(deps),
    ...decisionLotActivities(deps),
    ...reconciliationActivities(deps),
    ...referenceImportActivities(deps),
    ...journalSealActivities(deps),
    ...mailActivities(deps),
    ...freshnessActivities(deps),
    ...demoClockActivities(deps),
  };
}
