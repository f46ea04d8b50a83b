import type { Database } from '../../db/connect.ts';
import { listRemoved } from '../../db/moderation/removed-persons.ts';
import { erasePerson, waitingRemovals } from '../../db/publication/erase.ts';
import { endImportsNaming } from '../../db/publication/erase-imports.ts';
import { erasing } from '../../db/publication/removal-guard.ts';

/**
 * Removes the persons that wait to be removed, and lists them first: what is accepted meanwhile comes in without them.
 * Answers how many fiches named them.
 */
export async function erasePersons(db: Database, at: number): Promise<number> {
  let count = 0;
  for (const removal of await db.asWorker(waitingRemovals)) {
    await db.asWorker((tx) => listRemoved(tx, removal.personne));
    await db.asWorker((tx) => endImportsNaming(tx, removal.personne));
    count += await db.asWorker((tx) => erasing(tx, () => erasePerson(tx, removal, new Date(at))));
  }
  return count;
}
