import { openDatabase, type Sql } from '../../db/connect.ts';
import { createToken } from '../../db/tokens.ts';
import { RemotePlatform } from '../demo/remote-platform.ts';
import type { Rig } from './rig.ts';

/** Who acts in a drill, each with an access token of their own. */
export interface People {
  readonly of: RemotePlatform;
  readonly moderatrice: RemotePlatform;
  readonly admin: RemotePlatform;
  /** An accepted organisme, for which the OF enters. */
  readonly organisme: string;
}

async function tokenOf(sql: Sql, email: string): Promise<{ readonly userId: string; readonly token: string }> {
  const { id: userId } = await sql
    .selectFrom('user_account')
    .select('id')
    .where('email', '=', email)
    .executeTakeFirstOrThrow();
  return { userId, token: (await createToken(sql, { userId, label: 'drill', days: 1 })).token };
}

/** Links the demo's first OF to an accepted organisme and gives the people tokens. */
export async function openPeople(rig: Rig): Promise<People> {
  const { databaseUrl, apiUrl } = rig.run;
  const db = await openDatabase({ url: databaseUrl, poolMax: 1, name: 'sofi-drill' });
  try {
    return await db.asWorker(async (sql) => {
      const first = sql.selectFrom('formation').select('organisme_id').orderBy('id').limit(1);
      const { organisme_id: organisme } = await first.executeTakeFirstOrThrow();
      const of = await tokenOf(sql, 'of1@demo.sofi');
      await sql
        .insertInto('user_organisme')
        .values({ user_id: of.userId, organisme_id: organisme })
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const moderatrice = await tokenOf(sql, 'moderatrice@demo.sofi');
      const admin = await tokenOf(sql, 'admin@demo.sofi');
      const remote = ({ token }: { readonly token: string }) => new RemotePlatform(apiUrl, token);
      return { of: remote(of), moderatrice: remote(moderatrice), admin: remote(admin), organisme };
    });
  } finally {
    await db.close();
  }
}

/** A fresh token for each person who acts. */
export async function tokensOf(rig: Rig) {
  const db = await openDatabase({ url: rig.run.databaseUrl, poolMax: 1, name: 'sofi-drill' });
  try {
    return await db.asWorker(async (sql) => ({
      of: (await tokenOf(sql, 'of1@demo.sofi')).token,
      moderatrice: (await tokenOf(sql, 'moderatrice@demo.sofi')).token,
      admin: (await tokenOf(sql, 'admin@demo.sofi')).token,
    }));
  } finally {
    await db.close();
  }
}
