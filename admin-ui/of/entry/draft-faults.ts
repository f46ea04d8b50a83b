import type { BrouillonDto } from '../../../domain/contract/brouillon.contract.ts';
import type { RegleDto } from '../../../domain/contract/regle.contract.ts';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import type { Severity } from '../../../domain/model/faults.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import { parisDayOf } from '../../../domain/model/paris-time.ts';
import { getAtPath } from '../../../domain/model/paths.ts';
import { PAYS_DE_LA_LOIRE } from '../../../domain/model/region.ts';
import { LIEUX_RULES } from '../../../domain/model/rules/lieux.ts';
import { checkFiche, describeFault, RULES, type Rule } from '../../../domain/model/rules.ts';
import { NO_TABLES } from '../../../domain/model/tables.ts';
import type { Lang } from '../../../domain/model/words.ts';

export interface ShownFault {
  readonly rule: string;
  readonly severity: Severity;
  readonly path: string;
  readonly message: string;
  readonly mend: string;
}

/**
 * Rules that the page can judge by itself: those that need no table and no territory. The region of the context is
 * therefore never read.
 */
const LOCAL_RULES = RULES.filter((rule) => rule.needs.length === 0 && !LIEUX_RULES.includes(rule));
const LOCAL_IDS = new Set(LOCAL_RULES.map(({ id }) => id));

/** The same rules with the severities that are in force. */
export function localRulesAsSet(set: readonly Pick<RegleDto, 'id' | 'severity'>[]): Rule[] {
  const severities = new Map(set.map(({ id, severity }) => [id, severity]));
  return LOCAL_RULES.map((rule) => ({ ...rule, severity: severities.get(rule.id) ?? rule.severity }));
}

/** What the rules find while typing; those of the catalogue until the settings are known. */
export function localFaults(
  document: FicheDocument,
  now: number,
  lang: Lang,
  rules: readonly Rule[] = LOCAL_RULES,
): ShownFault[] {
  const context = {
    channel: 'saisie',
    today: parisDayOf(now as InstantMs),
    region: PAYS_DE_LA_LOIRE,
    tables: NO_TABLES,
  } as const;
  return checkFiche(document, context, rules).map(({ rule, severity, path, values }) => ({
    rule,
    severity,
    path,
    ...describeFault({ rule, severity, path, ...(values === undefined ? {} : { values }) }, lang),
  }));
}

/** The server's word for the rules that need its tables, as long as the field still says what it judged. */
export function serverFaults(document: FicheDocument, judged: Pick<BrouillonDto, 'document' | 'faults'>): ShownFault[] {
  return judged.faults.filter(
    ({ rule, path }) =>
      !LOCAL_IDS.has(rule) &&
      JSON.stringify(getAtPath(document, path)) === JSON.stringify(getAtPath(judged.document, path)),
  );
}

export type Step = 'F' | 'A' | 'S' | 'D' | 'O' | 'P' | 'L';

/** The step of the entry on which a field is. */
export function stepOf(path: string, kind: FicheDocument['kind']): Step {
  if (kind === 'organisme') return path.startsWith('/sites') ? 'L' : path.startsWith('/champs/potentiel') ? 'P' : 'O';
  if (path.includes('/dispositifs')) return 'D';
  if (path.includes('/sessions')) return 'S';
  return path.startsWith('/actions') ? 'A' : 'F';
}
