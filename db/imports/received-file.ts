import { createHash } from 'node:crypto';
import type { ImportMode, ImportSource } from '../../domain/model/vocabulary.ts';
import { type Database, json, type Sql, type Viewer } from '../connect.ts';

const PIECE = 1_000_000;
/** Bytes kept in memory before anything is written: a small file that is refused leaves no trace at all. */
const HELD_MAX = 8 * PIECE;

export interface ImportRequest {
  readonly source: ImportSource;
  readonly mode: ImportMode;
  readonly dryRun: boolean;
  readonly nom: string | null;
}

/**
 * A file on its way in: its inflated bytes go to PostgreSQL in pieces of 1 MB, in a row that nobody sees (`receiving`)
 * until the last byte is there.
 */
export class ReceivedFile {
  readonly #db: Database;
  readonly #viewer: Viewer;
  readonly #request: ImportRequest;
  readonly #hash = createHash('sha256');
  #chunks: Uint8Array[] = [];
  #held = 0;
  #rang = 0;
  #id: string | undefined;

  constructor(db: Database, viewer: Viewer, request: ImportRequest) {
    this.#db = db;
    this.#viewer = viewer;
    this.#request = request;
  }

  /** Passes the bytes on while it keeps them. */
  async *kept(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const chunk of chunks) {
      this.#hash.update(chunk);
      this.#chunks.push(chunk);
      this.#held += chunk.length;
      if (this.#held >= HELD_MAX) await this.#flush();
      yield chunk;
    }
  }

  /** Makes the import visible and leaves the word to start it, in one transaction; gives its id. */
  async finish(facts: {
    readonly version: string;
    readonly taille: number;
    /** Of the HTTP request that brought it. */
    readonly requestId?: string | undefined;
  }): Promise<string> {
    return this.#db.asViewer(this.#viewer, async (sql) => {
      const id = await this.#write(sql);
      await sql
        .updateTable('import')
        .set({
          state: 'running',
          taille: facts.taille,
          lheo_version: facts.version,
          sha256: this.#hash.digest('hex'),
          started_at: new Date(),
        })
        .where('id', '=', id)
        .execute();
      await sql
        .insertInto('outbox')
        .values({ kind: 'import', subject_id: id, payload: json<unknown>({ requestId: facts.requestId }) })
        .execute();
      return id;
    });
  }

  /** Takes back whatever was written of a file that is refused. */
  async discard(): Promise<void> {
    const id = this.#id;
    if (id === undefined) return;
    await this.#db.asViewer(this.#viewer, (sql) => sql.deleteFrom('import').where('id', '=', id).execute());
  }

  async #flush(): Promise<void> {
    this.#id = await this.#db.asViewer(this.#viewer, (sql) => this.#write(sql));
  }

  async #write(sql: Sql): Promise<string> {
    const id = this.#id ?? (await this.#insertRow(sql));
    const bytes = Buffer.concat(this.#chunks);
    for (let at = 0; at < bytes.length; at += PIECE) {
      await sql
        .insertInto('import_octets')
        .values({ import_id: id, rang: this.#rang, bytes: bytes.subarray(at, at + PIECE) })
        .execute();
      this.#rang += 1;
    }
    this.#chunks = [];
    this.#held = 0;
    return id;
  }

  async #insertRow(sql: Sql): Promise<string> {
    const { source, mode, dryRun, nom } = this.#request;
    const { userId, organismes, role } = this.#viewer;
    const row = await sql
      .insertInto('import')
      .values({
        source,
        mode,
        dry_run: dryRun,
        nom,
        user_id: userId,
        state: 'receiving',
        organismes: role === 'of' ? json([...organismes]) : null,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    return row.id;
  }
}
