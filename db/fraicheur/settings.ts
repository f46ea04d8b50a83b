import { z } from 'zod';
import { areOrdered, DEFAULT_FRESHNESS, type FreshnessSettings } from '../../domain/model/fraicheur/settings.ts';
import { json, type Sql } from '../connect.ts';

const workingDays = z.int().min(-60).max(250);
const days = z.int().min(1).max(1_500);
const share = z.number().min(0.1).max(3);

/** Periods of freshness as administrators send them. */
export const FRESHNESS_SETTINGS = z.strictObject({
  actif: z.boolean(),
  etapes: z
    .strictObject({
      aConfirmer: workingDays,
      rappel1: workingDays,
      rappel2: workingDays,
      marquee: workingDays,
      retiree: workingDays,
      archivee: days,
    })
    .refine(areOrdered, { message: 'invalide' }),
  periodes: z.strictObject({ datee: days, permanente: days, distance: days }),
  avantDebut: z.int().min(0).max(180),
  repit: z.int().min(0).max(90),
  appris: z.strictObject({ min: share, max: share }).refine(({ min, max }) => min <= max, { message: 'invalide' }),
  sourcesExclues: z.array(z.string().regex(/^[a-z0-9-]{1,40}$/)).max(50),
});

const KEY = 'fraicheur';

/** The settings in force; the design's, switched off, until somebody wrote some. */
export async function readFreshnessSettings(sql: Sql): Promise<FreshnessSettings> {
  const row = await sql.selectFrom('reglage').select('valeur').where('cle', '=', KEY).executeTakeFirst();
  return row === undefined ? DEFAULT_FRESHNESS : FRESHNESS_SETTINGS.parse(row.valeur);
}

/** Sets them from the next pass on. */
export async function writeFreshnessSettings(
  sql: Sql,
  input: { readonly settings: FreshnessSettings; readonly userId: string | null; readonly at: number },
): Promise<void> {
  const columns = {
    valeur: json<unknown>(input.settings),
    modifie_par: input.userId,
    modifie_le: new Date(input.at),
  };
  await sql
    .insertInto('reglage')
    .values({ cle: KEY, ...columns })
    .onConflict((conflict) => conflict.column('cle').doUpdateSet(columns))
    .execute();
}

/** The demo has freshness switched on; what somebody set is left as it is. */
export async function ensureDemoFreshness(sql: Sql): Promise<void> {
  await sql
    .insertInto('reglage')
    .values({ cle: KEY, valeur: json<unknown>({ ...DEFAULT_FRESHNESS, actif: true }) })
    .onConflict((conflict) => conflict.column('cle').doNothing())
    .execute();
}
