import { type DictName, dictEntries } from '../../../domain/grammar/dictionaries.ts';

const OBSOLETE = /obsol/i;
/** Old names of levels are read, never offered. */
const OLD_LEVELS = new Set(['2', '3', '4', '5', '6', '7', '8']);

/** The codes of a dictionary that may be chosen today, with the one that stands already. */
export function keyChoices(dict: DictName, current: string) {
  return dictEntries(dict).filter(
    ({ code, label }) => code === current || !(OBSOLETE.test(label) || (dict === 'niveaux' && OLD_LEVELS.has(code))),
  );
}
