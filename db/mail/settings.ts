import { z } from 'zod';
import type { ParisDay } from '../../domain/model/ids.ts';
import { DEFAULT_MAIL_SETTINGS, type MailSettings } from '../../domain/model/mail-settings.ts';
import { json, type Sql } from '../connect.ts';

const CLE = 'courriel';

const day = z.iso.date() as unknown as z.ZodType<ParisDay>;

export const MAIL_SETTINGS: z.ZodType<MailSettings> = z.strictObject({
  arret: z.boolean(),
  parHeure: z.int().min(1).max(1_000_000).nullable(),
  calme: z.strictObject({ weekEnd: z.boolean(), feries: z.boolean(), dates: z.array(day).max(100) }),
});

/** The sender's settings; the defaults where none was written. */
export async function readMailSettings(sql: Sql): Promise<MailSettings> {
  const row = await sql.selectFrom('reglage').select('valeur').where('cle', '=', CLE).executeTakeFirst();
  return row === undefined ? DEFAULT_MAIL_SETTINGS : MAIL_SETTINGS.parse(row.valeur);
}

export async function writeMailSettings(
  sql: Sql,
  { settings, userId }: { readonly settings: MailSettings; readonly userId: string },
): Promise<void> {
  const columns = { valeur: json<unknown>(settings), modifie_par: userId, modifie_le: new Date() };
  await sql
    .insertInto('reglage')
    .values({ cle: CLE, ...columns })
    .onConflict((conflict) => conflict.column('cle').doUpdateSet(columns))
    .execute();
}
