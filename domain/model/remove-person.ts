import type { FicheDocument } from './documents.ts';
import { isArray, isRecord, type JsonRecord } from './json.ts';
import { type Person, type Remover, removerOf, tracesOf } from './removed-traces.ts';

export type { Person } from './removed-traces.ts';

/** What of coordinates tells of a person; the rest tells of a place. */
export const PERSONAL: ReadonlySet<string> = new Set([
  'civilite',
  'nom',
  'prenom',
  'telfixe',
  'portable',
  'fax',
  'courriel',
]);

const folded = (text: string) => text.normalize('NFC').trim().toLocaleLowerCase('fr');

function itemsWithout(remover: Remover, key: string, items: readonly unknown[]): readonly unknown[] {
  const isContactOf = (item: unknown) =>
    key.startsWith('contact-') && isRecord(item) && isRecord(item.coordonnees) && remover.isOf(item.coordonnees);
  const left = items.filter((item) => !isContactOf(item)).map((item) => valueWithout(remover, key, item));
  return left.length === items.length && left.every((item, index) => item === items[index]) ? items : left;
}

function recordWithout(remover: Remover, key: string, record: JsonRecord): JsonRecord {
  const named = key === 'coordonnees' && remover.isOf(record);
  const members = Object.entries(record);
  const left = members
    .filter(([name]) => !named || !PERSONAL.has(name))
    .map(([name, value]): [string, unknown] => [name, valueWithout(remover, name, value)]);
  const isSame = left.length === members.length && left.every(([, value], index) => value === members[index]?.[1]);
  return isSame ? record : Object.fromEntries(left);
}

/** Any JSON without the persons that a remover knows; `key` names the field that holds it. The same value when it names nobody. */
export function valueWithout(remover: Remover, key: string, value: unknown): unknown {
  if (typeof value === 'string') return remover.textWithout(value);
  if (isArray(value)) return itemsWithout(remover, key, value);
  return isRecord(value) ? recordWithout(remover, key, value) : value;
}

/**
 * A document without the persons that a remover knows: their contacts leave, their name, telephone and e-mail leave other
 * coordinates, and texts that name them keep an ellipsis. The same object when it names nobody.
 */
export function documentWithout<D extends FicheDocument>(document: D, remover: Remover): D {
  return valueWithout(remover, '', document) as D;
}

const asItIs = (text: string) => text;

/** A remover of one person whose name is at hand. */
export function removerOfPerson(person: Person): Remover {
  return removerOf(tracesOf(person, asItIs), asItIs);
}

/** The ways in which a text may name the person. */
function spellings({ nom, prenom, courriel }: Person): string[] {
  const names = nom === undefined || prenom === undefined ? [] : [`${prenom} ${nom}`, `${nom} ${prenom}`];
  return [...(courriel === undefined ? [] : [courriel]), ...names];
}

/** True when an XML text names the person: their e-mail, their names together, or each as an element's whole text. */
export function textNames(xml: string, person: Person): boolean {
  const text = folded(xml);
  if (spellings(person).some((one) => text.includes(folded(one)))) return true;
  const { nom, prenom } = person;
  if (nom === undefined || prenom === undefined) return false;
  return [nom, prenom].every((one) => text.includes(`>${folded(one)}<`));
}
