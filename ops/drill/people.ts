import { openDatabase } from '../../db/connect.ts';
import { createToken } from '../../db/tokens.ts';
import { RemotePlatform } from '../demo/remote-platform.ts';
import type { Rig } from './rig.ts';

/** Who acts in a drill, each with an access token of their own. */
export interface People {
  readonly of: RemotePlatform;
  readonly moderatrice: RemotePlatform;
  /** The organisme for which the OF enters. */
  readonly organisme: string;
}

/** Links the demo's first OF to an accepted organisme and gives the people tokens. */
export async function openPeople(rig: Rig): Promise<People> {
  const { databaseUrl, apiUrl } = rig.run;
  const db = await openDatabase({ url: databaseUrl, poolMax: 1, name: 'sofi-drill' });
  try {
    return await db.asWorker(async (sql) => {
      const { id: organisme } = await sql
        .selectFrom('organisme')
        .select('id')
        .orderBy('id')
        .limit(1)
        .executeTakeFirstOrThrow();
      const tokenOf = async (email: string) => {
        const person = await sql
          .selectFrom('user_account')
          .select('id')
          .where('email', '=', email)
          .executeTakeFirstOrThrow();
        return { id: person.id, token: (await createToken(sql, { userId: person.id, label: 'drill', days: 1 })).token };
      };
      const [of, moderatrice] = [await tokenOf('of1@demo.sofi'), await tokenOf('moderatrice@demo.sofi')];
      await sql
        .insertInto('user_organisme')
        .values({ user_id: of.id, organisme_id: organisme })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      return {
        of: new RemotePlatform(apiUrl, of.token),
        moderatrice: new RemotePlatform(apiUrl, moderatrice.token),
        organisme,
      };
    });
  } finally {
    await db.close();
  }
}
