import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import { type Database, openDatabase, type Sql } from '../../../db/connect.ts';
import { createToken } from '../../../db/tokens.ts';
import type { Role } from '../../../domain/model/vocabulary.ts';
import { UPDATES, workflowIdOf } from '../../../workflows/messages.ts';
import { RemotePlatform } from '../../demo/remote-platform.ts';
import type { Rig } from '../../drill/rig.ts';

const MODERATORS = 6;
const OFS = 20;

/** Someone of the platform, with a token of their own. */
export interface Person {
  readonly remote: RemotePlatform;
  readonly token: string;
  readonly userId: string;
}

export interface OfPerson extends Person {
  readonly organisme: string;
}

/** What every figure of this benchmark stands on. */
export interface Stage {
  readonly rig: Rig;
  readonly db: Database;
  readonly admin: RemotePlatform;
  readonly moderators: readonly Person[];
  readonly ofs: readonly OfPerson[];
  /** An Update of a soumission's workflow that does nothing: what any decision costs at least. */
  readonly emptyUpdate: (id: string) => Promise<unknown>;
  readonly close: () => Promise<void>;
}

/** A soumission that waits for a decision. */
export interface Item {
  readonly id: string;
  readonly version: number;
}

async function personOf(sql: Sql, rig: Rig, role: Role, organisme?: string): Promise<Person> {
  const account = { email: `${randomUUID()}@bench.example`, nom: 'Personne de la mesure', role };
  const { id: userId } = await sql.insertInto('user_account').values(account).returning('id').executeTakeFirstOrThrow();
  if (organisme !== undefined) {
    await sql.insertInto('user_organisme').values({ user_id: userId, organisme_id: organisme }).execute();
  }
  const { token } = await createToken(sql, { userId, label: 'bench', days: 1 });
  return { remote: new RemotePlatform(rig.run.apiUrl, token), token, userId };
}

/** The organismes with most formations, each with someone who enters for it. */
async function ofsOf(sql: Sql, rig: Rig): Promise<OfPerson[]> {
  const rows = await sql
    .selectFrom('formation')
    .select('organisme_id')
    .where('retire_le', 'is', null)
    .groupBy('organisme_id')
    .orderBy((is) => is.fn.countAll(), 'desc')
    .orderBy('organisme_id')
    .limit(OFS)
    .execute();
  const people: OfPerson[] = [];
  for (const { organisme_id: organisme } of rows) {
    people.push({ ...(await personOf(sql, rig, 'of', organisme)), organisme });
  }
  return people;
}

/** Opens the doors of a platform that holds its offer already. */
export async function openStage(rig: Rig): Promise<Stage> {
  const { databaseUrl, apiUrl, operatorSecret, temporalAddress, temporalNamespace: namespace } = rig.run;
  const db = await openDatabase({ url: databaseUrl, poolMax: 2, name: 'sofi-bench' });
  const connection = await Connection.connect({ address: temporalAddress });
  const client = new Client({ connection, namespace });
  const people = await db.asWorker(async (sql) => {
    const moderators: Person[] = [];
    for (let n = 0; n < MODERATORS; n += 1) moderators.push(await personOf(sql, rig, 'moderateur'));
    return { moderators, ofs: await ofsOf(sql, rig) };
  });
  return {
    rig,
    db,
    admin: new RemotePlatform(apiUrl, operatorSecret),
    ...people,
    emptyUpdate: (id) => client.workflow.getHandle(workflowIdOf.soumission(id)).executeUpdate(UPDATES.checked),
    async close() {
      await Promise.all([connection.close(), db.close()]);
    },
  };
}

/** Formations that wait and could be approved now, the last of the queue first: `next` takes from its other end. */
export function waitingItems({ db }: Pick<Stage, 'db'>, limit: number): Promise<Item[]> {
  return db.asWorker((sql) =>
    sql
      .selectFrom('soumission as s')
      .innerJoin('organisme as o', 'o.id', 's.organisme_id')
      .select(['s.id', 's.version'])
      .where('s.statut', '=', 'controlee')
      .where('s.conduite', '=', 'workflow')
      .where('o.retire_le', 'is', null)
      .whereRef('s.fiche_id', '<>', 's.organisme_id')
      .orderBy('s.due_at', 'desc')
      .orderBy('s.id', 'desc')
      .limit(limit)
      .execute(),
  );
}

/** How many soumissions are in a statut now. */
export async function countIn({ db }: Pick<Stage, 'db'>, statut: 'deposee' | 'controlee'): Promise<number> {
  const { n } = await db.asWorker((sql) =>
    sql
      .selectFrom('soumission')
      .select((is) => is.fn.countAll<number>().as('n'))
      .where('statut', '=', statut)
      .executeTakeFirstOrThrow(),
  );
  return Number(n);
}

/** Approves, with a key of its own. */
export function approve({ remote }: Pick<Person, 'remote'>, { id, version }: Item): Promise<unknown> {
  return remote.post(`/soumissions/${id}/decisions`, { kind: 'approve', version });
}
