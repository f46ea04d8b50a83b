import { sql as raw } from 'kysely';
import { z } from 'zod';
import { DEFAULT_ESCALATION, type EscalationHours } from '../../domain/model/escalation.ts';
import { DEFAULT_LANES, type Lane, lanesWith } from '../../domain/model/lanes.ts';
import { DEFAULT_TWO_VOICES, type TwoVoices } from '../../domain/model/two-voices.ts';
import { json, type Sql } from '../connect.ts';

const hours = z.number().min(0).max(80);
const escalade = z.object({ amber: hours, moderateurs: hours, administrateurs: hours });
const deuxVoix = z.object({
  retraitSessions: z.int().min(1).max(10_000).nullable(),
  retraitOrganisme: z.boolean(),
  saisiePourOf: z.boolean(),
});

/** What administrators set of moderation: when a promise escalates, when two voices are asked for. */
export interface ModerationSettings {
  readonly escalade: EscalationHours;
  readonly deuxVoix: TwoVoices;
}
export const MODERATION_SETTINGS = z.strictObject({ escalade: escalade.strict(), deuxVoix: deuxVoix.strict() });

/** Hours of escalation from their row; the design's where none was written. */
export function escalationOf(value: unknown): EscalationHours {
  return value == null ? DEFAULT_ESCALATION : escalade.parse(value);
}

async function settingOf(sql: Sql, cle: string): Promise<unknown> {
  const row = await sql.selectFrom('reglage').select('valeur').where('cle', '=', cle).executeTakeFirst();
  return row?.valeur;
}

export async function readTwoVoices(sql: Sql): Promise<TwoVoices> {
  const value = await settingOf(sql, 'deuxVoix');
  return value == null ? DEFAULT_TWO_VOICES : deuxVoix.parse(value);
}

export async function readModerationSettings(sql: Sql): Promise<ModerationSettings> {
  return { escalade: escalationOf(await settingOf(sql, 'escalade')), deuxVoix: await readTwoVoices(sql) };
}

/** Writes settings; soumissions that wait keep their next deadline until their next step. */
export async function writeModerationSettings(
  sql: Sql,
  input: { readonly settings: ModerationSettings; readonly userId: string; readonly at: number },
): Promise<void> {
  const rows = Object.entries(input.settings).map(([cle, valeur]) => ({
    cle,
    valeur: json<unknown>(valeur),
    modifie_par: input.userId,
    modifie_le: new Date(input.at),
  }));
  await sql
    .insertInto('reglage')
    .values(rows)
    .onConflict((conflict) =>
      conflict.column('cle').doUpdateSet((eb) => ({
        valeur: eb.ref('excluded.valeur'),
        modifie_par: eb.ref('excluded.modifie_par'),
        modifie_le: eb.ref('excluded.modifie_le'),
      })),
    )
    .execute();
}

/** The seed of the audit's draw: made by the first who asks, known to the database only. */
export async function auditSeed(sql: Sql): Promise<string> {
  await raw`insert into reglage (cle, valeur) values ('graine', to_jsonb(gen_random_uuid()::text))
    on conflict do nothing`.execute(sql);
  return z.string().parse(await settingOf(sql, 'graine'));
}

/** The lanes in force. */
export async function readLanes(sql: Sql): Promise<Lane[]> {
  const rows = await sql.selectFrom('voie').selectAll().orderBy('id').execute();
  return lanesWith(
    rows.map((row) => ({
      id: row.id,
      version: row.version,
      libelle: row.libelle,
      champs: row.champs,
      jours: row.jours,
      retraits: row.retraits,
      actif: row.actif,
      auditPourcent: row.audit_pourcent,
      approbations: row.approbations,
      fenetreJours: row.fenetre_jours,
    })),
  );
}

/** Writes a lane as its next version. */
export async function writeLane(
  sql: Sql,
  input: { readonly lane: Omit<Lane, 'version'>; readonly userId: string; readonly at: number },
): Promise<Lane> {
  const { lane, userId, at } = input;
  const known = (await readLanes(sql)).find(({ id }) => id === lane.id);
  const version = (known?.version ?? (DEFAULT_LANES.some(({ id }) => id === lane.id) ? 1 : 0)) + 1;
  const columns = {
    version,
    libelle: json(lane.libelle as { fr: string; en: string }),
    champs: json([...lane.champs]),
    jours: lane.jours,
    retraits: lane.retraits,
    actif: lane.actif,
    audit_pourcent: lane.auditPourcent,
    approbations: lane.approbations,
    fenetre_jours: lane.fenetreJours,
    modifiee_par: userId,
    modifiee_le: new Date(at),
  };
  await sql
    .insertInto('voie')
    .values({ id: lane.id, ...columns })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(columns))
    .execute();
  return { ...lane, version };
}
