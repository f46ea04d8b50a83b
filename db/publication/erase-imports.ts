import { sql } from 'kysely';
import { type Person, textNames } from '../../domain/model/remove-person.ts';
import type { Sql } from '../connect.ts';
import { finishImport } from '../imports/import-rows.ts';

/** A name may stand across the border of two stored pieces. */
const OVERLAP = 400;

/** True when a received file that is still kept names the person, in either encoding that LHÉO comes in. */
async function fileNames(tx: Sql, importId: string, person: Person): Promise<boolean> {
  let before: Buffer = Buffer.alloc(0);
  for (let rang = 0; ; rang += 1) {
    const { rows } = await sql<{ bytes: Buffer }>`
      select bytes from import_octets where import_id = ${importId} and rang = ${rang}`.execute(tx);
    const [piece] = rows;
    if (piece === undefined) return false;
    const bytes = Buffer.concat([before, piece.bytes]);
    if (textNames(bytes.toString('utf8'), person) || textNames(bytes.toString('latin1'), person)) return true;
    before = bytes.subarray(-OVERLAP);
  }
}

/**
 * Ends the imports whose file, still being read, names the person: they would bring them back. Answers how many; those who
 * sent them see `personne-retiree`.
 */
export async function endImportsNaming(tx: Sql, person: Person): Promise<number> {
  const { rows } = await sql<{ id: string; state: string }>`
    select id, state from import i where exists (select from import_octets o where o.import_id = i.id) order by id`.execute(
    tx,
  );
  let ended = 0;
  for (const { id, state } of rows) {
    if (!(await fileNames(tx, id, person))) continue;
    ended += 1;
    if (state === 'receiving') await sql`delete from import where id = ${id}`.execute(tx);
    else await finishImport(tx, id, { code: 'personne-retiree' });
  }
  return ended;
}
