import { checkSoumission } from '../../db/checks/check-soumission.ts';
import { applyCommand, readState } from '../../db/moderation/index.ts';
import type { SoumissionActivities } from '../../workflows/ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';

/** What the soumission workflow asks of PostgreSQL: each call is one transaction. */
export function soumissionActivities({ db, region }: Pick<WorkerDeps, 'db' | 'region'>): SoumissionActivities {
  return atBorder<SoumissionActivities>({
    readSoumission: (id) => db.asWorker((sql) => readState(sql, id)),
    applyCommand: (command) => db.asWorker((sql) => applyCommand(sql, command, region)),
    runChecks: async ({ id, version }) => {
      const controles = await db.asWorker((sql) => checkSoumission(sql, { id, version, at: Date.now(), region }));
      return { blocking: controles?.blocking ?? 0 };
    },
  });
}
