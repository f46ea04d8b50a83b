import type { Database } from '../connect.ts';

/** The bytes of a received file, one stored piece at a time; no transaction stays open while they are worked on. */
export async function* storedBytes(db: Database, importId: string): AsyncGenerator<Uint8Array> {
  for (let rang = 0; ; rang += 1) {
    const row = await db.asWorker((sql) =>
      sql
        .selectFrom('import_octets')
        .select('bytes')
        .where('import_id', '=', importId)
        .where('rang', '=', rang)
        .executeTakeFirst(),
    );
    if (row === undefined) return;
    yield row.bytes;
  }
}
