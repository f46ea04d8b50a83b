/** The words of a text: where each begins and ends, and 32 bits of its folded form. */
export interface Words {
  readonly starts: readonly number[];
  readonly ends: readonly number[];
  readonly hashes: readonly number[];
}

const NO_LETTER = 0;
const TABLE_SIZE = 0x250;
const PRIME = 16_777_619;
const BASIS = 0x811c9dc5;

/** The folded form of one UTF-16 unit: a lower-case letter without accent, a digit, or nothing. */
function foldOf(code: number): number {
  const first = String.fromCharCode(code).normalize('NFD').toLowerCase().charAt(0);
  return /[\p{L}\p{N}]/u.test(first) || code >= 0xd800 ? first.charCodeAt(0) : NO_LETTER;
}

/** Latin letters are nearly all there is: they are folded by a table. */
const FOLDED = Uint16Array.from({ length: TABLE_SIZE }, (_, code) => foldOf(code));

const folded = (code: number): number => (code < TABLE_SIZE ? (FOLDED[code] ?? NO_LETTER) : foldOf(code));

/** The runs of letters and digits of a text in NFC. */
export function wordsIn(text: string): Words {
  const [starts, ends, hashes]: [number[], number[], number[]] = [[], [], []];
  let start = -1;
  let hash = BASIS;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? folded(text.charCodeAt(at)) : NO_LETTER;
    if (code !== NO_LETTER) {
      if (start < 0) [start, hash] = [at, BASIS];
      hash = Math.imul(hash ^ code, PRIME);
    } else if (start >= 0) {
      starts.push(start);
      ends.push(at);
      hashes.push(hash);
      start = -1;
    }
  }
  return { starts, ends, hashes };
}

/** Sixteen bits of `count` words from `at` on: equal for equal words, whatever their case, accents and gaps. */
export function sieveOf({ hashes }: Words, at: number, count: number): number {
  let hash = BASIS;
  for (let k = at; k < at + count; k += 1) hash = Math.imul(hash ^ (hashes[k] ?? 0), PRIME);
  return (hash ^ (hash >>> 16)) & 0xffff;
}

/** The words of a text in lower case, without accents, one space apart. */
export function foldedWords(text: string): string {
  const units = text.normalize('NFC');
  const { starts, ends } = wordsIn(units);
  return starts
    .map((start, index) =>
      String.fromCharCode(
        ...Array.from({ length: (ends[index] ?? start) - start }, (_, k) => folded(units.charCodeAt(start + k))),
      ),
    )
    .join(' ');
}

const GAP = /^[\s,'’-]+$/u;
const ADDRESS_BEFORE = /[./@_=&?#-]$/u;
const ADDRESS_AFTER = /^(?:[@_/=-]|\.[\p{L}\p{N}])/u;

/** True when the words stand as a name does: with nothing but spaces, commas, hyphens or apostrophes between them, and not within an e-mail or web address. */
export function heldTogether(text: string, { starts, ends }: Words, at: number, count: number): boolean {
  for (let k = at + 1; k < at + count; k += 1) {
    if (!GAP.test(text.slice(ends[k - 1], starts[k]))) return false;
  }
  const [start, end] = [starts[at] ?? 0, ends[at + count - 1] ?? 0];
  return (
    !ADDRESS_BEFORE.test(text.slice(Math.max(0, start - 1), start)) && !ADDRESS_AFTER.test(text.slice(end, end + 2))
  );
}
