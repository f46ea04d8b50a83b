import type { Database } from '../../db/connect.ts';
import { erasePerson, waitingRemovals } from '../../db/publication/erase.ts';
import { endImportsNaming } from '../../db/publication/erase-imports.ts';

/** Removes the persons that wait to be removed; answers how many fiches named them. */
export async function erasePersons(db: Database, at: number): Promise<number> {
  let count = 0;
  for (const removal of await db.asWorker(waitingRemovals)) {
    await db.asWorker((tx) => endImportsNaming(tx, removal.personne));
    count += await db.asWorker((tx) => erasePerson(tx, removal, new Date(at)));
  }
  return count;
}
