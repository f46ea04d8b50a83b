import type { FicheDocument } from './documents.ts';
import { isArray, isKeyed, isRecord, type JsonRecord } from './json.ts';
import { getAtPath, joinPath, pathSteps } from './paths.ts';
import { PERSONAL, valueWithout } from './remove-person.ts';
import type { Remover } from './removed-traces.ts';

/** What people wrote about one field: a request, a wish or a correction. */
export type FieldWords = { readonly path: string } & JsonRecord;

/** Members that hold a value of the field; the others hold what was said of it. */
const VALUES: ReadonlySet<string> = new Set(['before', 'after', 'value', 'suggestion']);
const INDEX = /^\d+$/;
const ELLIPSIS = '…';

/** The coordinates of whose personal part a field is, and the step within them. */
function personalStep(path: string): { readonly place: string; readonly step: string } | undefined {
  const steps = pathSteps(path);
  const at = steps.lastIndexOf('coordonnees');
  const step = steps[at + 1];
  if (at < 0 || step === undefined || !PERSONAL.has(step)) return undefined;
  return { place: joinPath('', ...steps.slice(0, at + 1)), step };
}

/** Addresses, within a document, of the coordinates of persons that a remover knows. */
function namedIn(document: unknown, remover: Remover, path = ''): string[] {
  if (isArray(document)) {
    const keyed = isKeyed(document);
    return document.flatMap((item, index) =>
      namedIn(item, remover, joinPath(path, keyed && isRecord(item) ? String(item.id) : index)),
    );
  }
  if (!isRecord(document)) return [];
  const own = pathSteps(path).at(-1) === 'coordonnees' && remover.isOf(document) ? [path] : [];
  return [...own, ...Object.entries(document).flatMap(([key, value]) => namedIn(value, remover, joinPath(path, key)))];
}

/** What the fields together say of coordinates, by member and address. */
function saidOf(fields: readonly FieldWords[]): { readonly place: string; readonly coordonnees: JsonRecord }[] {
  const said = new Map<string, { place: string; coordonnees: JsonRecord }>();
  for (const field of fields) {
    const { place, step } = personalStep(field.path) ?? {};
    if (place === undefined || step === undefined) continue;
    for (const member of VALUES) {
      if (field[member] === undefined) continue;
      const key = `${member} ${place}`;
      said.set(key, { place, coordonnees: { ...said.get(key)?.coordonnees, [step]: field[member] } });
    }
  }
  return [...said.values()];
}

/**
 * Addresses of coordinates that are a removed person's: in the documents of a fiche as they were, or in what was written of
 * their fields, alone or on top of such a document.
 */
export function namedPlaces(
  documents: readonly FicheDocument[],
  fields: readonly FieldWords[],
  remover: Remover,
): ReadonlySet<string> {
  const places = new Set(documents.flatMap((document) => namedIn(document, remover)));
  for (const { place, coordonnees } of saidOf(fields)) {
    const under = [{}, ...documents.map((document) => getAtPath(document, place)).filter(isRecord)];
    if (under.some((known) => remover.isOf({ ...known, ...coordonnees }))) places.add(place);
  }
  return places;
}

function fieldWithout(field: FieldWords, remover: Remover, places: ReadonlySet<string>): FieldWords {
  const key = pathSteps(field.path).findLast((step) => !INDEX.test(step)) ?? '';
  const isTheirs = places.has(personalStep(field.path)?.place ?? '');
  const left: [string, unknown][] = [];
  for (const [member, value] of Object.entries(field)) {
    if (!VALUES.has(member)) left.push([member, valueWithout(remover, member, value)]);
    else if (!isTheirs) {
      const kept = valueWithout(remover, key, value);
      // A value that was nothing but the person is no value to keep, nor to accept in one click.
      if (kept === value || kept !== ELLIPSIS) left.push([member, kept]);
    }
  }
  const isSame = left.length === Object.keys(field).length && left.every(([member, value]) => value === field[member]);
  return isSame ? field : { ...Object.fromEntries(left), path: field.path };
}

/** Requests, wishes or corrections without the persons that a remover knows; the same list when they name nobody. */
export function fieldsWithout<F extends FieldWords>(
  fields: readonly F[],
  remover: Remover,
  places: ReadonlySet<string>,
): readonly F[] {
  const left = fields.map((field) => fieldWithout(field, remover, places) as F);
  return left.every((field, index) => field === fields[index]) ? fields : left;
}
