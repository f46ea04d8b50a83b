import type { SoumissionDto } from '../../domain/contract/soumission.contract.ts';
import type { Controles, Fault } from '../../domain/model/faults.ts';
import { describeFault, RULES } from '../../domain/model/rules.ts';
import type { Lang } from '../../domain/model/words.ts';

const SENTENCES = new Map(RULES.map(({ id, sentence }) => [id, sentence]));

/** One fault in the asked language, with its rule's sentence. */
export function faultDto(fault: Fault, langue: Lang) {
  const { rule, severity, path } = fault;
  return { rule, severity, path, ...describeFault(fault, langue), sentence: SENTENCES.get(rule)?.[langue] ?? rule };
}

/** What the checks of the current version found, or `enCours` while they run. */
export function controlesDto(kept: Controles | null, version: number, langue: Lang): SoumissionDto['controles'] {
  if (kept === null || kept.version !== version) return 'enCours';
  const { blocking, warnings, nonVerifies, faults, twoPeople = [] } = kept;
  return {
    version,
    blocking,
    warnings,
    nonVerifies,
    faults: faults.map((fault) => faultDto(fault, langue)),
    twoPeople: [...twoPeople],
  };
}
