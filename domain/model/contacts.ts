import { isArray, isKeyed, isRecord, type JsonRecord } from './json.ts';
import { joinPath } from './paths.ts';

/**
 * The `tag` of a contact says whether it may be published (design §11). A contact received in a LHÉO flow counts as marked
 * public unless its tag says otherwise; one entered by hand is marked private until its author says otherwise.
 */
export const CONTACT_PRIVE = 'prive';
export const CONTACT_PUBLIC = 'public';

export const CONTACT_MARKS = [CONTACT_PRIVE, CONTACT_PUBLIC] as const;

const MARK = /\/contact-[a-z]+\/\d+\/@\/tag$/;
/** True of the address of a contact's mark. */
export const isContactMark = (path: string): boolean => MARK.test(path);

const isContacts = (key: string): boolean => key.startsWith('contact-');

function tagOf(contact: unknown): unknown {
  const attributs = isRecord(contact) ? contact['@'] : undefined;
  return isRecord(attributs) ? attributs.tag : undefined;
}

/** False for a contact that stays inside. */
export const isPublicContact = (contact: unknown): boolean => tagOf(contact) !== CONTACT_PRIVE;

function marked(contact: unknown, known: unknown): unknown {
  const tag = tagOf(contact);
  if (!isRecord(contact) || tag === CONTACT_PRIVE || tag === CONTACT_PUBLIC) return contact;
  if (known !== undefined && isPublicContact(known)) return contact;
  const attributs = isRecord(contact['@']) ? contact['@'] : {};
  return { ...contact, '@': { ...attributs, tag: CONTACT_PRIVE } };
}

const sameItems = (one: readonly unknown[], other: readonly unknown[]): boolean =>
  one.length === other.length && one.every((item, i) => item === other[i]);

function itemsMarked(key: string, items: readonly unknown[], known: readonly unknown[]): readonly unknown[] {
  const byId = isKeyed(known) ? new Map(known.map((row) => [row.id, row])) : undefined;
  const knownOf = (item: unknown, i: number): unknown =>
    byId === undefined ? known[i] : isRecord(item) && typeof item.id === 'string' ? byId.get(item.id) : undefined;
  const left = items.map((item, i) =>
    isContacts(key) ? marked(item, known[i]) : valueMarked(key, item, knownOf(item, i)),
  );
  return sameItems(left, items) ? items : left;
}

function valueMarked(key: string, value: unknown, known: unknown): unknown {
  if (isArray(value)) return itemsMarked(key, value, isArray(known) ? known : []);
  if (!isRecord(value)) return value;
  const before: JsonRecord = isRecord(known) ? known : {};
  const names = Object.keys(value);
  const left = names.map((name) => valueMarked(name, value[name], before[name]));
  const same = names.every((name, i) => value[name] === left[i]);
  return same ? value : Object.fromEntries(names.map((name, i) => [name, left[i]]));
}

/**
 * An entry by hand: its contacts that carry no mark are private, but those that `known` holds as public at their place. The
 * same object when each has its mark.
 */
export function withContactMarks<D>(document: D, known: D | null): D {
  return valueMarked('', document, known ?? undefined) as D;
}

/** A mark that a contact is to carry, and the addresses of both. */
export interface MissingMark {
  readonly contact: string;
  readonly path: string;
  readonly value: string;
}

function marksBetween(key: string, path: string, value: unknown, left: unknown): MissingMark[] {
  if (value === left) return [];
  if (isArray(value) && isArray(left)) {
    const keyed = isKeyed(value);
    return value.flatMap((item, i) => {
      const at = joinPath(path, keyed && isRecord(item) ? String(item.id) : i);
      if (!isContacts(key)) return marksBetween(key, at, item, left[i]);
      return item === left[i] ? [] : [{ contact: at, path: joinPath(at, '@', 'tag'), value: CONTACT_PRIVE }];
    });
  }
  if (!isRecord(value) || !isRecord(left)) return [];
  return Object.keys(value).flatMap((name) => marksBetween(name, joinPath(path, name), value[name], left[name]));
}

/** The marks that `withContactMarks` would give. */
export function marksMissing<D>(document: D, known: D): MissingMark[] {
  return marksBetween('', '', document, withContactMarks(document, known));
}

function valuePublic(key: string, value: unknown): unknown {
  if (isArray(value)) {
    const kept = isContacts(key) ? value.filter(isPublicContact) : value;
    return kept.map((item) => valuePublic(key, item));
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, valuePublic(name, inner)]));
}

/** A document as those outside of its organisme and the Cariforef may see it. */
export function withoutPrivateContacts<D>(document: D): D {
  return valuePublic('', document) as D;
}
