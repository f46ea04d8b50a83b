import type { ParisDay } from '../ids.ts';
import { CHANNELS, type Channel } from '../vocabulary.ts';
import type { Gravity, Rule } from './rule.ts';

export const GRAVITIES = ['blocking', 'warning', 'off'] as const satisfies readonly Gravity[];

/** What a rule does on each channel. */
export type Severities = Readonly<Record<Channel, Gravity>>;

/** What an administrator set of a rule; `version` rises with each change of that rule. */
export interface RuleSetting {
  readonly rule: string;
  readonly version: number;
  readonly severity: Severities;
  /** A fiche that the rule finds at fault takes two people to be approved. */
  readonly twoPeople: boolean;
  /** First Paris day on which it is in force. */
  readonly activeFrom: ParisDay;
}

/** The setting of a rule in force on a day: the newest version whose day has come; undefined is the catalogue's own. */
export function settingInForce(settings: readonly RuleSetting[], rule: string, day: ParisDay): RuleSetting | undefined {
  return settings
    .filter((setting) => setting.rule === rule && setting.activeFrom <= day)
    .reduce<RuleSetting | undefined>((last, one) => (last && last.version > one.version ? last : one), undefined);
}

/** The rules as they stand on a day; the code of a rule stays its own, only what it leads to is set. */
export function rulesInForce(rules: readonly Rule[], settings: readonly RuleSetting[], day: ParisDay): Rule[] {
  return rules.map((rule) => {
    const setting = settingInForce(settings, rule.id, day);
    if (setting === undefined) return rule;
    return { ...rule, severity: setting.severity, twoPeople: setting.twoPeople };
  });
}

/** Channels on which a rule may not be given a severity, or none. */
export function forbiddenChannels(rule: Rule, severity: Severities): Channel[] {
  return CHANNELS.filter((channel) => {
    const own = rule.severity[channel];
    if (own === severity[channel]) return false;
    // What cannot be named, read or written as LHÉO blocks everywhere; nothing else blocks another system's flow.
    if (rule.severity.flux === 'blocking') return true;
    return channel === 'flux' && severity.flux === 'blocking';
  });
}
