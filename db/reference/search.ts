import { DICTS, type DictName, dictEntries } from '../../domain/grammar/dictionaries.ts';
import { CODE_LISTS, type CodeList, codeLists, communes } from './load.ts';

/** One code as a form offers it; `detail` tells two of the same label apart. */
export interface CodeFound {
  readonly code: string;
  readonly label: string;
  readonly version?: string;
  readonly detail?: string;
  readonly latitude?: number;
  readonly longitude?: number;
}

interface Entry {
  readonly found: CodeFound;
  /** What is typed is compared with these: no accents, case or signs. */
  readonly plain: string;
  readonly codes: readonly string[];
}

/** Text as it is compared: no accents, no case, no signs. */
function plainText(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .trim();
}

const entryOf = (found: CodeFound, codes: readonly string[] = [found.code]): Entry => ({
  found,
  plain: plainText(found.label),
  codes: codes.map((code) => code.toLowerCase()),
});

const isCodeList = (nom: string): nom is CodeList => (CODE_LISTS as readonly string[]).includes(nom);

async function communeEntries(): Promise<Entry[]> {
  return Object.entries(await communes()).map(([code, { label, codesPostaux, centre }]) =>
    entryOf({ code, label, detail: codesPostaux.join(' '), ...centre }, [code, ...codesPostaux]),
  );
}

const isDict = (nom: string): nom is DictName => Object.hasOwn(DICTS, nom);

function dictionaryEntries(nom: string): Entry[] | undefined {
  return isDict(nom) ? dictEntries(nom).map(({ code, label }) => entryOf({ code, label })) : undefined;
}

const kept = new Map<string, readonly Entry[]>();

async function readEntries(nom: string): Promise<readonly Entry[] | undefined> {
  if (nom === 'communes') return communeEntries();
  if (!isCodeList(nom)) return dictionaryEntries(nom);
  return (await codeLists())[nom].map(({ code, label, version }) => entryOf({ code, label, version }));
}

async function entriesOf(nom: string): Promise<readonly Entry[] | undefined> {
  const known = kept.get(nom) ?? (await readEntries(nom));
  if (known !== undefined) kept.set(nom, known);
  return known;
}

/** How well an entry answers what was typed: 0 best; undefined not at all. */
function rankOf({ plain, codes }: Entry, words: readonly string[], typed: string): number | undefined {
  if (codes.some((code) => code === typed)) return 0;
  if (codes.some((code) => code.startsWith(typed))) return 1;
  if (!words.every((word) => plain.includes(word))) return undefined;
  if (plain === words.join(' ')) return 1;
  if (plain.startsWith(words.join(' '))) return 2;
  return words.every((word) => ` ${plain}`.includes(` ${word}`)) ? 3 : 4;
}

/**
 * Codes of a carried list, of the communes or of a dictionary of LHÉO that answer what was typed, best first; undefined
 * when there is no such list. Nothing typed gives the first ones.
 */
export async function searchCodes(
  nom: string,
  { q, version, limit }: { readonly q: string; readonly version?: string | undefined; readonly limit: number },
): Promise<readonly CodeFound[] | undefined> {
  const entries = (await entriesOf(nom))?.filter(({ found }) => version === undefined || found.version === version);
  if (entries === undefined) return undefined;
  const typed = q.trim().toLowerCase();
  if (typed === '') return entries.slice(0, limit).map(({ found }) => found);
  const words = plainText(q).split(' ');
  return entries
    .flatMap((entry) => {
      const rank = rankOf(entry, words, typed);
      return rank === undefined ? [] : [{ entry, rank }];
    })
    .sort(
      (a, b) =>
        a.rank - b.rank || a.entry.plain.length - b.entry.plain.length || (a.entry.plain < b.entry.plain ? -1 : 1),
    )
    .slice(0, limit)
    .map(({ entry }) => entry.found);
}
