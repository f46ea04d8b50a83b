import { sealJournal } from '../../db/journal/seal.ts';
import type { JournalSealActivities } from '../../workflows/journal-seal.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';

/** The hourly seal of the journal. */
export function journalSealActivities({ db, log }: Pick<WorkerDeps, 'db' | 'log'>): JournalSealActivities {
  return atBorder<JournalSealActivities>({
    async sealJournalNow() {
      const seal = await db.asWorker((sql) => sealJournal(sql, new Date()));
      if (seal === null) return null;
      const { n, chains } = seal;
      log.info({ seal: n, chains }, 'journal sealed');
      return { n, chains };
    },
  });
}
