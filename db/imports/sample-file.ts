import type { Role } from '../../domain/model/vocabulary.ts';
import type { Database, Viewer } from '../connect.ts';
import { type ImportRequest, ReceivedFile } from './received-file.ts';

/** A person of a role, for tests that import. */
export async function aPerson(db: Database, role: Role, organismes: readonly string[] = []): Promise<Viewer> {
  return db.asWorker(async (sql) => {
    const { id } = await sql
      .insertInto('user_account')
      .values({ email: `${role}-${crypto.randomUUID()}@personne.example`, nom: role, role })
      .returning('id')
      .executeTakeFirstOrThrow();
    return { userId: id, role, organismes };
  });
}

/** Stores a file's text as the API does; gives the import's id. */
export async function storeFile(
  db: Database,
  viewer: Viewer,
  text: string,
  asked: Partial<ImportRequest> = {},
): Promise<string> {
  const file = new ReceivedFile(db, viewer, {
    source: 'intercarif',
    mode: 'partiel',
    dryRun: false,
    nom: null,
    ...asked,
  });
  for await (const _ of file.kept(once(Buffer.from(text))));
  return file.finish({ version: '2.3', taille: text.length });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
