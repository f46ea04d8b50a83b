import type { Database } from '../../db/connect.ts';
import type { Role } from '../../domain/model/vocabulary.ts';

export interface DemoPerson {
  readonly email: string;
  readonly nom: string;
  readonly role: Role;
}

/** The people of demo mode (interface.md §2); the login page has a button for each. */
export const DEMO_PEOPLE = [
  { email: 'moderatrice@demo.sofi', nom: 'Maëlle Guérin', role: 'moderateur' },
  { email: 'moderateur@demo.sofi', nom: 'Yann Le Goff', role: 'moderateur' },
  { email: 'admin@demo.sofi', nom: 'Aïcha Benali', role: 'administrateur' },
  { email: 'of1@demo.sofi', nom: 'Camille Rousseau', role: 'of' },
  { email: 'of2@demo.sofi', nom: 'Hugo Marchand', role: 'of' },
  { email: 'consommateur@demo.sofi', nom: 'Système régional', role: 'consommateur' },
] as const satisfies readonly DemoPerson[];

export const OPERATOR_EMAIL = 'operator';

/** Makes the demo people once; people who exist are left as they are. Refused by the settings in production. */
export async function ensureDemoPeople(db: Database): Promise<void> {
  await db.asWorker((sql) =>
    sql
      .insertInto('user_account')
      .values(DEMO_PEOPLE.map(({ email, nom, role }) => ({ email, nom, role, langue: 'fr', actif: true })))
      .onConflict((conflict) => conflict.column('email').doNothing())
      .execute(),
  );
}

/** Makes the account that the operator's secret stands for, so that the journal names a real user. */
export async function ensureOperator(db: Database): Promise<void> {
  await db.asWorker((sql) =>
    sql
      .insertInto('user_account')
      .values({ email: OPERATOR_EMAIL, nom: 'Exploitation', role: 'administrateur', langue: 'fr', actif: true })
      .onConflict((conflict) => conflict.column('email').doNothing())
      .execute(),
  );
}
