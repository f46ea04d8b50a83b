import { isArray, isKeyed, isRecord, type JsonRecord } from './json.ts';

/**
 * The `tag` of a contact says whether it may be published (design §11). A contact received in a LHÉO flow counts as marked
 * public unless its tag says otherwise; one entered by hand is marked private until its author says otherwise.
 */
export const CONTACT_PRIVE = 'prive';
export const CONTACT_PUBLIC = 'public';

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

function itemsMarked(key: string, items: readonly unknown[], known: readonly unknown[]): unknown[] {
  if (isContacts(key)) return items.map((item, i) => marked(item, known[i]));
  const byId = isKeyed(known) ? new Map(known.map((row) => [row.id, row])) : undefined;
  const knownOf = (item: unknown, i: number): unknown =>
    byId === undefined ? known[i] : isRecord(item) && typeof item.id === 'string' ? byId.get(item.id) : undefined;
  return items.map((item, i) => valueMarked(key, item, knownOf(item, i)));
}

function valueMarked(key: string, value: unknown, known: unknown): unknown {
  if (isArray(value)) return itemsMarked(key, value, isArray(known) ? known : []);
  if (!isRecord(value)) return value;
  const before: JsonRecord = isRecord(known) ? known : {};
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [name, valueMarked(name, inner, before[name])]),
  );
}

/** An entry by hand: its contacts that carry no mark are private, but those that `known` holds as public at their place. */
export function withContactMarks<D>(document: D, known: D | null): D {
  return valueMarked('', document, known ?? undefined) as D;
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
