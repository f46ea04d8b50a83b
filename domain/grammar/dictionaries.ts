import { DICTS_23 } from './dictionaries-23.ts';
import { DICTS_COMMUNS } from './dictionaries-communs.ts';
import type { DictEntry, LheoVersion } from './shape.ts';

/** Every dictionary of LHÉO 2.2 and 2.3. */
export const DICTS = { ...DICTS_COMMUNS, ...DICTS_23 } as const;
export type DictName = keyof typeof DICTS;

/** The entries of a dictionary that `version` accepts, in the reference's order. */
export function dictEntries(name: DictName, version: LheoVersion = '2.3'): readonly DictEntry[] {
  const entries: readonly DictEntry[] = DICTS[name].entries;
  return version === '2.3' ? entries : entries.filter((entry) => entry.since === undefined);
}

/** The French label of a code in `version`, or undefined when the dictionary lacks it. */
export function dictLabel(name: DictName, code: string, version: LheoVersion = '2.3'): string | undefined {
  const entry = dictEntries(name, version).find((candidate) => candidate.code === code);
  const old = version === '2.2' ? entry?.v22 : undefined;
  return old !== undefined && 'label' in old ? old.label : entry?.label;
}

/** The code that stands in 2.2 for one it lacks, or undefined when none is near. */
export function codeIn22(name: DictName, code: string): string | undefined {
  const entry = dictEntries(name).find((candidate) => candidate.code === code);
  return entry?.v22 !== undefined && 'code' in entry.v22 ? entry.v22.code : undefined;
}
