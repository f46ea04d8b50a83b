import { openDatabase } from '../../db/connect.ts';
import { lheoFile } from './generator/file.ts';
import type { SetOptions } from './generator/formation.ts';
import { organismeAt } from './generator/organisme.ts';
import { readPlaces } from './generator/places.ts';
import { DEMO_ORGANISMES, DEMO_SEED } from './prepare.ts';
import { RemotePlatform } from './remote-platform.ts';

export interface DemoTarget {
  readonly databaseUrl: string;
  /** Address of the running API, without `/api/v1`. */
  readonly apiUrl: string;
  /** Acts as administrator. Default: `SOFI_OPERATOR_SECRET`. */
  readonly operatorSecret?: string;
}

const FORMATIONS = 150;
const WAITING = 24;

/**
 * Loads the demo's offer through the platform's own doors: a trusted import, two releases, a flow of another system that
 * fills the queue. Safe to run again: what is already there is unchanged.
 */
export async function loadDemo({ databaseUrl, apiUrl, operatorSecret }: DemoTarget): Promise<void> {
  const platform = new RemotePlatform(apiUrl, operatorSecret ?? process.env.SOFI_OPERATOR_SECRET ?? '');
  const set: SetOptions = {
    seed: DEMO_SEED,
    organismes: DEMO_ORGANISMES,
    formations: FORMATIONS,
    todayDays: Math.floor(Date.now() / 86_400_000),
    places: await readPlaces(),
  };
  await platform.importFile('reprise', lheoFile({ ...set, formations: FORMATIONS - 6 }));
  await linkPeople(databaseUrl, set);
  await platform.publish();
  await platform.importFile('reprise', lheoFile(set));
  await platform.publish();
  await platform.importFile('intercarif', lheoFile({ ...set, seed: DEMO_SEED, formations: WAITING, prefix: '07_' }));
}

/** The demo people of two OFs enter for the first two organismes of the set. */
async function linkPeople(databaseUrl: string, set: SetOptions): Promise<void> {
  const db = await openDatabase({ url: databaseUrl, poolMax: 1, name: 'sofi-demo' });
  try {
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
  } finally {
    await db.close();
  }
}
