import { isRecord, type JsonRecord } from './json.ts';
import { foldedWords, heldTogether, sieveOf, type Words, wordsIn } from './text-words.ts';

/** Who is to be removed: by e-mail, by first and last name, or both. */
export interface Person {
  readonly nom?: string | undefined;
  readonly prenom?: string | undefined;
  readonly courriel?: string | undefined;
}

export const TRACE_KINDS = ['courriel', 'noms'] as const;

/** What is kept of a removed person, enough to know them again and not enough to name them. */
export interface Trace {
  readonly kind: (typeof TRACE_KINDS)[number];
  readonly empreinte: string;
  /** Words of the names; 0 for an e-mail. */
  readonly mots: number;
  /** Sixteen bits of the names, so that few texts ask for a fingerprint. */
  readonly tamis: number;
}

/** Makes of a folded text what is kept of it. */
export type Fingerprint = (text: string) => string;

/** Knows removed persons in coordinates and in texts. */
export interface Remover {
  readonly isOf: (coordonnees: JsonRecord) => boolean;
  /** The text with an ellipsis in the place of each; the same text when it names nobody. */
  readonly textWithout: (text: string) => string;
}

const foldedMail = (text: string) => text.normalize('NFC').trim().toLowerCase();

function nameTrace(text: string, fingerprint: Fingerprint): Trace {
  const words = wordsIn(text);
  const mots = words.starts.length;
  return { kind: 'noms', empreinte: fingerprint(foldedWords(text)), mots, tamis: sieveOf(words, 0, mots) };
}

/** What is kept of a person: their e-mail, and their names in either order. */
export function tracesOf({ nom, prenom, courriel }: Person, fingerprint: Fingerprint): Trace[] {
  const mail: Trace[] =
    courriel === undefined
      ? []
      : [{ kind: 'courriel', empreinte: fingerprint(foldedMail(courriel)), mots: 0, tamis: 0 }];
  if (nom === undefined || prenom === undefined) return mail;
  return [...mail, ...[`${prenom} ${nom}`, `${nom} ${prenom}`].map((names) => nameTrace(names, fingerprint))];
}

const MAIL = /[^\s<>()[\]"',;:]+@[^\s<>()[\]"',;:]+/gu;

function leafText(value: unknown): string {
  const text = isRecord(value) ? value['#'] : value;
  return typeof text === 'string' ? text.normalize('NFC') : '';
}

/** Fingerprints of names of so many words, by their sixteen bits. */
interface NamesOf {
  readonly mots: number;
  readonly sieve: Map<number, Set<string>>;
}

/** Where the names of one of the persons stand in a text, from the left, none within another. */
function* namesIn(
  text: string,
  known: readonly NamesOf[],
  fingerprint: Fingerprint,
): Generator<readonly [start: number, end: number]> {
  const words = wordsIn(text);
  for (let at = 0; at < words.starts.length; at += 1) {
    const found = known.find((names) => isNamed(text, words, at, names, fingerprint));
    if (found === undefined) continue;
    const last = at + found.mots - 1;
    yield [words.starts[at] ?? 0, words.ends[last] ?? 0];
    at = last;
  }
}

function isNamed(text: string, words: Words, at: number, { mots, sieve }: NamesOf, fingerprint: Fingerprint): boolean {
  if (at + mots > words.starts.length) return false;
  const empreintes = sieve.get(sieveOf(words, at, mots));
  if (empreintes === undefined || !heldTogether(text, words, at, mots)) return false;
  return empreintes.has(fingerprint(foldedWords(text.slice(words.starts[at], words.ends[at + mots - 1]))));
}

/** The longest names first: one that begins with another is found whole. */
function namesOf(traces: readonly Trace[]): NamesOf[] {
  const names = new Map<number, NamesOf>();
  for (const { kind, mots, tamis, empreinte } of traces) {
    if (kind !== 'noms' || mots === 0) continue;
    const { sieve } = names.get(mots) ?? { sieve: new Map<number, Set<string>>() };
    names.set(mots, { mots, sieve });
    sieve.set(tamis, (sieve.get(tamis) ?? new Set()).add(empreinte));
  }
  return [...names.values()].sort((a, b) => b.mots - a.mots);
}

/** Knows again those of whom these traces were kept, by the fingerprint that made them. */
export function removerOf(traces: readonly Trace[], fingerprint: Fingerprint): Remover {
  const mails = new Set(traces.flatMap(({ kind, empreinte }) => (kind === 'courriel' ? [empreinte] : [])));
  const names = namesOf(traces);
  const isMail = (text: string) => mails.has(fingerprint(foldedMail(text)));
  const withoutMails = (text: string) =>
    mails.size === 0 || !text.includes('@')
      ? text
      : text.replaceAll(MAIL, (found) => {
          const end = /[.!?]+$/u.exec(found)?.[0] ?? '';
          return isMail(found.slice(0, found.length - end.length)) ? `…${end}` : found;
        });
  const textWithout = (given: string): string => {
    const text = withoutMails(given.normalize('NFC'));
    let left = '';
    let from = 0;
    for (const [start, end] of namesIn(text, names, fingerprint)) {
      left += `${text.slice(from, start)}…`;
      from = end;
    }
    left += text.slice(from);
    return left === given.normalize('NFC') ? given : left;
  };
  const isNames = (text: string) => textWithout(text) === '…';
  const isOf = ({ courriel, nom, prenom }: JsonRecord): boolean => {
    const [mail, last, first] = [leafText(courriel), leafText(nom), leafText(prenom)];
    if (mails.size > 0 && mail !== '' && isMail(mail)) return true;
    if (names.length === 0 || last === '') return false;
    return isNames(`${first} ${last}`.trim());
  };
  return { isOf, textWithout };
}
