import type { FicheDocument } from './documents.ts';
import type { Controles, Fault, Severity } from './faults.ts';
import { CERTIFICATIONS_RULES } from './rules/certifications.ts';
import { CODES_RULES } from './rules/codes.ts';
import { COEUR_RULES } from './rules/coeur.ts';
import { DATES_RULES } from './rules/dates.ts';
import { DUREES_RULES } from './rules/durees.ts';
import { FINANCEMENTS_RULES } from './rules/financements.ts';
import { LIEUX_RULES } from './rules/lieux.ts';
import { ORGANISMES_RULES } from './rules/organismes.ts';
import { RESSEMBLANCES_RULES } from './rules/ressemblances.ts';
import type { Finding, Rule, RuleContext } from './rules/rule.ts';
import { TEXTES_RULES } from './rules/textes.ts';
import { VALEURS_RULES } from './rules/valeurs.ts';
import type { Channel } from './vocabulary.ts';
import type { Bilingual, Lang } from './words.ts';

export type { Rule, RuleContext } from './rules/rule.ts';
export { type RuleSetting, rulesInForce } from './rules/settings.ts';

/** The catalogue of règles de gestion, in the order in which faults are shown. */
export const RULES: readonly Rule[] = [
  ...COEUR_RULES,
  ...VALEURS_RULES,
  ...ORGANISMES_RULES,
  ...LIEUX_RULES,
  ...DATES_RULES,
  ...CODES_RULES,
  ...CERTIFICATIONS_RULES,
  ...TEXTES_RULES,
  ...DUREES_RULES,
  ...FINANCEMENTS_RULES,
  ...RESSEMBLANCES_RULES,
];

const BY_ID = new Map(RULES.map((rule) => [rule.id, rule]));

function isAsked(rule: Rule, fiche: FicheDocument, { channel, today }: RuleContext): boolean {
  const inForce = (rule.validFrom ?? today) <= today && today <= (rule.validUntil ?? today);
  return inForce && rule.severity[channel] !== 'off' && rule.on.includes(fiche.kind);
}

function faultOf(rule: Rule, { path, values, nonVerifie }: Finding, channel: Channel): Fault {
  const gravity = rule.severity[channel];
  const severity: Severity = nonVerifie === true || gravity === 'off' ? 'nonVerifie' : gravity;
  return values === undefined ? { rule: rule.id, severity, path } : { rule: rule.id, severity, path, values };
}

/**
 * Every fault of a fiche by the rules in force on `today`, severity by channel; a rule whose table cannot tell answers
 * `nonVerifie`. The same call runs while typing, at deposit, at approval and at publication.
 */
export function checkFiche(fiche: FicheDocument, context: RuleContext, rules: readonly Rule[] = RULES): Fault[] {
  return rules
    .filter((rule) => isAsked(rule, fiche, context))
    .flatMap((rule) => Array.from(rule.check(fiche, context), (finding) => faultOf(rule, finding, context.channel)));
}

/** The faults of one version with their counts, as a soumission keeps them; `rules` as `checkFiche` was given. */
export function controlesOf(
  faults: readonly Fault[],
  version: number,
  channel: Channel,
  rules: readonly Rule[] = RULES,
): Controles {
  const count = (severity: Severity) => faults.filter((fault) => fault.severity === severity).length;
  const asked = new Set(rules.filter(({ twoPeople }) => twoPeople === true).map(({ id }) => id));
  const found = faults.filter(({ severity }) => severity !== 'nonVerifie').map(({ rule }) => rule);
  const twoPeople = [...new Set(found)].filter((rule) => asked.has(rule));
  return {
    version,
    channel,
    faults,
    blocking: count('blocking'),
    warnings: count('warning'),
    nonVerifies: count('nonVerifie'),
    ...(twoPeople.length > 0 ? { twoPeople } : {}),
  };
}

const NOT_VERIFIED: Bilingual = { fr: 'Non vérifié :', en: 'Not verified:' };

/** A fault in words: what is wrong and how to mend it; a rule that is gone leaves its id. */
export function describeFault(fault: Fault, lang: Lang): { readonly message: string; readonly mend: string } {
  const rule = BY_ID.get(fault.rule);
  if (rule === undefined) return { message: fault.rule, mend: '' };
  const said =
    fault.severity === 'nonVerifie'
      ? `${NOT_VERIFIED[lang]} ${rule.sentence[lang]}`
      : rule.message(fault.values ?? {})[lang];
  return { message: said, mend: rule.mend[lang] };
}
