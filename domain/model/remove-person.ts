import type { FicheDocument } from './documents.ts';
import { isArray, isRecord, type JsonRecord } from './json.ts';

/** Who is to be removed: by e-mail, by first and last name, or both. */
export interface Person {
  readonly nom?: string | undefined;
  readonly prenom?: string | undefined;
  readonly courriel?: string | undefined;
}

/** What of coordinates tells of a person; the rest tells of a place. */
const PERSONAL = ['civilite', 'nom', 'prenom', 'telfixe', 'portable', 'fax', 'courriel'] as const;

const folded = (text: string) => text.normalize('NFC').trim().toLocaleLowerCase('fr');

function leafText(value: unknown): string {
  const text = isRecord(value) ? value['#'] : value;
  return typeof text === 'string' ? folded(text) : '';
}

function isOf(person: Person, coordonnees: JsonRecord): boolean {
  const { nom, prenom, courriel } = person;
  if (courriel !== undefined && leafText(coordonnees.courriel) === folded(courriel)) return true;
  if (nom === undefined || prenom === undefined) return false;
  return leafText(coordonnees.nom) === folded(nom) && leafText(coordonnees.prenom) === folded(prenom);
}

/** The ways in which a text may name the person, longest first. */
function spellings({ nom, prenom, courriel }: Person): string[] {
  const names = nom === undefined || prenom === undefined ? [] : [`${prenom} ${nom}`, `${nom} ${prenom}`];
  return [...(courriel === undefined ? [] : [courriel]), ...names].map((one) => one.normalize('NFC'));
}

const escaped = (text: string) => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

function textWithout(text: string, pattern: RegExp): string {
  const left = text.normalize('NFC').replaceAll(pattern, '…');
  return left === text.normalize('NFC') ? text : left;
}

interface Removal {
  readonly person: Person;
  readonly pattern: RegExp | undefined;
}

function itemsWithout(removal: Removal, key: string, items: readonly unknown[]): unknown[] {
  const kept = key.startsWith('contact-')
    ? items.filter((item) => !(isRecord(item) && isRecord(item.coordonnees) && isOf(removal.person, item.coordonnees)))
    : items;
  return kept.map((item) => valueWithout(removal, key, item));
}

function valueWithout(removal: Removal, key: string, value: unknown): unknown {
  if (typeof value === 'string') return removal.pattern === undefined ? value : textWithout(value, removal.pattern);
  if (isArray(value)) return itemsWithout(removal, key, value);
  if (!isRecord(value)) return value;
  const named = key === 'coordonnees' && isOf(removal.person, value);
  const members = Object.entries(value).filter(([name]) => !named || !PERSONAL.some((one) => one === name));
  return Object.fromEntries(members.map(([name, inner]) => [name, valueWithout(removal, name, inner)]));
}

/**
 * A document without a person: their contacts leave, their name, telephone and e-mail leave other coordinates, and texts
 * that name them keep an ellipsis. Equal to the document when it does not name them.
 */
export function withoutPerson<D extends FicheDocument>(document: D, person: Person): D {
  const found = spellings(person);
  const pattern = found.length === 0 ? undefined : new RegExp(found.map(escaped).join('|'), 'giu');
  return valueWithout({ person, pattern }, '', document) as D;
}

/** True when an XML text names the person: their e-mail, their names together, or each as an element's whole text. */
export function textNames(xml: string, person: Person): boolean {
  const text = folded(xml);
  if (spellings(person).some((one) => text.includes(folded(one)))) return true;
  const { nom, prenom } = person;
  if (nom === undefined || prenom === undefined) return false;
  return [nom, prenom].every((one) => text.includes(`>${folded(one)}<`));
}
