import { type Database, openDatabase } from '../../db/connect.ts';
import { fileOf, formationsOf, lheoFile } from './generator/file.ts';
import { formationAt, type SetOptions } from './generator/formation.ts';
import { organismeAt } from './generator/organisme.ts';
import { readPlaces } from './generator/places.ts';
import { askForChanges, enterForOf, holdOne, type Scene } from './people.ts';
import { DEMO_ORGANISMES, DEMO_SEED } from './prepare.ts';
import { depositChanges } from './queue.ts';
import { RemotePlatform } from './remote-platform.ts';
import { lookAlike, secondState } from './second-state.ts';

export interface DemoTarget {
  readonly databaseUrl: string;
  /** Address of the running API, without `/api/v1`. */
  readonly apiUrl: string;
  /** Acts as administrator. Default: `SOFI_OPERATOR_SECRET`. */
  readonly operatorSecret?: string;
}

const FORMATIONS = 150;
/** Formations that only the second release holds. */
const NEXT = 6;
/** The queue: new formations of another system, two of them look-alikes, changes, one of them an OF's own. */
const NEW_ONES = 11;
const ALIKE = 2;
const CHANGES = 16;

/**
 * Loads the demo's offer through the platform's own doors: a trusted import, two releases, a queue of 30 with what
 * moderators and OFs meet in it. Safe to run again: what is already there is unchanged.
 */
export async function loadDemo({ databaseUrl, apiUrl, operatorSecret }: DemoTarget): Promise<void> {
  const platform = new RemotePlatform(apiUrl, operatorSecret ?? process.env.SOFI_OPERATOR_SECRET ?? '');
  const todayDays = Math.floor(Date.now() / 86_400_000);
  const set: SetOptions = {
    seed: DEMO_SEED,
    organismes: DEMO_ORGANISMES,
    formations: FORMATIONS,
    todayDays,
    places: await readPlaces(),
  };
  await platform.importFile('reprise', lheoFile({ ...set, formations: FORMATIONS - NEXT }));
  const db = await openDatabase({ url: databaseUrl, poolMax: 2, name: 'sofi-demo' });
  try {
    await linkPeople(db, set);
    await platform.publish();
    const second = [...formationsOf(set)].map((one, index) => secondState(one, index, todayDays));
    await platform.importFile('reprise', fileOf(second));
    await platform.publish();
    await fillQueue({ db, apiUrl }, platform, set);
  } finally {
    await db.close();
  }
}

/** 30 soumissions: one late, one held by a colleague, two sent back, two that look like a third. */
async function fillQueue(scene: Scene, platform: RemotePlatform, set: SetOptions): Promise<void> {
  const { db } = scene;
  const formations = await formationsOfFirst(db);
  const [first, second] = formations;
  if (first === undefined || second === undefined) throw new Error('Cannot find two formations of the first OF');
  const operator = await userOf(db, 'operator');
  const [, held, sentBack] = await depositChanges(db, {
    by: operator,
    now: Date.now(),
    count: CHANGES,
    except: formations,
  });
  const foreign = { ...set, seed: DEMO_SEED, formations: NEW_ONES, prefix: '07_' };
  const alike = Array.from({ length: ALIKE }, (_, rank) => lookAlike(formationAt(set, FORMATIONS - 1), rank));
  await platform.importFile('intercarif', fileOf([...formationsOf(foreign), ...alike]));
  const own = await enterForOf(scene, [first, second]);
  if (held !== undefined) await holdOne(scene, held);
  for (const id of [sentBack, own]) if (id !== undefined) await askForChanges(scene, id);
}

/** Accepted formations of the first OF's organismes. */
async function formationsOfFirst(db: Database): Promise<string[]> {
  const of = await userOf(db, 'of1@demo.sofi');
  const rows = await db.asWorker((sql) =>
    sql
      .selectFrom('formation as f')
      .innerJoin('user_organisme as u', 'u.organisme_id', 'f.organisme_id')
      .select('f.id')
      .where('u.user_id', '=', of)
      .where('f.retire_le', 'is', null)
      .orderBy('f.numero')
      .execute(),
  );
  return rows.map(({ id }) => id);
}

async function userOf(db: Database, email: string): Promise<string> {
  const row = await db.asWorker((sql) =>
    sql.selectFrom('user_account').select('id').where('email', '=', email).executeTakeFirstOrThrow(),
  );
  return row.id;
}

/** The demo people of two OFs enter for the first two organismes of the set. */
async function linkPeople(db: Database, set: SetOptions): Promise<void> {
  await db.asWorker(async (sql) => {
    for (const [index, email] of ['of1@demo.sofi', 'of2@demo.sofi'].entries()) {
      const { nda, siret } = organismeAt(set.seed, index, set.places);
      await sql
        .insertInto('user_organisme')
        .columns(['user_id', 'organisme_id'])
        .expression((from) =>
          from
            .selectFrom(['user_account', 'organisme'])
            .select(['user_account.id as user_id', 'organisme.id as organisme_id'])
            .where('user_account.email', '=', email)
            .where('organisme.nda', '=', nda)
            .where('organisme.siret', '=', siret),
        )
        .onConflict((conflict) => conflict.doNothing())
        .execute();
    }
  });
}
