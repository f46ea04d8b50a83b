import { SofiError } from '../../domain/model/errors.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { Severities } from '../../domain/model/rules/settings.ts';
import { RULES, type Rule, type RuleSetting, rulesInForce } from '../../domain/model/rules.ts';
import { json, type Sql } from '../connect.ts';

/** A setting with who made it, when and why. */
export interface KeptSetting extends RuleSetting {
  readonly by: string;
  readonly reason: string;
  readonly at: Date;
}

/** Every setting ever made, of one rule or of all, the oldest first. */
export async function readSettings(sql: Sql, rule?: string): Promise<KeptSetting[]> {
  let query = sql.selectFrom('regle_reglage').selectAll().orderBy('regle').orderBy('version');
  if (rule !== undefined) query = query.where('regle', '=', rule);
  const rows = await query.execute();
  return rows.map((row) => ({
    rule: row.regle,
    version: row.version,
    severity: row.severite,
    twoPeople: row.deux_personnes,
    activeFrom: row.actif_le as ParisDay,
    by: row.par,
    reason: row.raison,
    at: row.created_at,
  }));
}

/** The catalogue as the settings make it at an instant, in ms. */
export async function rulesAt(sql: Sql, at: number): Promise<Rule[]> {
  return rulesInForce(RULES, await readSettings(sql), parisDayOf(at));
}

/** One rule as it stands at an instant; undefined when there is none of that name. */
export async function ruleAt(sql: Sql, id: string, at: number): Promise<Rule | undefined> {
  const rules = RULES.filter((rule) => rule.id === id);
  return rulesInForce(rules, await readSettings(sql, id), parisDayOf(at))[0];
}

export interface NewSetting {
  readonly rule: string;
  /** The last version that was looked at; 0 when there was none. */
  readonly version: number;
  readonly severity: Severities;
  readonly twoPeople: boolean;
  readonly activeFrom: ParisDay;
  readonly by: string;
  readonly reason: string;
}

/** Appends a version; refuses `version-perimee` when another came in between. */
export async function addSetting(sql: Sql, setting: NewSetting): Promise<KeptSetting[]> {
  const before = await readSettings(sql, setting.rule);
  const stale = () => {
    const version = before.at(-1)?.version ?? 0;
    return new SofiError('version-perimee', `Cannot set rule "${setting.rule}" from ${setting.version}`, { version });
  };
  if ((before.at(-1)?.version ?? 0) !== setting.version) throw stale();
  const kept = await sql
    .insertInto('regle_reglage')
    .values({
      regle: setting.rule,
      version: setting.version + 1,
      severite: json(setting.severity),
      deux_personnes: setting.twoPeople,
      actif_le: setting.activeFrom,
      par: setting.by,
      raison: setting.reason,
    })
    .onConflict((conflict) => conflict.columns(['regle', 'version']).doNothing())
    .returning('version')
    .executeTakeFirst();
  if (kept === undefined) throw stale();
  return readSettings(sql, setting.rule);
}
