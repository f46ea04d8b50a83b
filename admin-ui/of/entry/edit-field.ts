import { CONTACT_PRIVE } from '../../../domain/model/contacts.ts';
import { isArray, isRecord } from '../../../domain/model/json.ts';
import { getAtPath, joinPath, pathSteps, setAtPath } from '../../../domain/model/paths.ts';

/** Rows and roots that stay when they are empty. */
const KEPT = new Set(['champs', 'coordonnees', 'actions', 'sessions', 'dispositifs', 'sites', 'publics']);

/** What SOFI's own rows always hold, be it empty. */
const ALWAYS_HELD: Readonly<Record<string, unknown>> = { codeFinanceur: '', publics: [] };

function isHollow(value: unknown): boolean {
  if (isArray(value)) return value.length === 0;
  return isRecord(value) && Object.keys(value).every((key) => key === '@');
}

/** A copy with the field at `path` set; an empty one goes, with the LHÉO elements that then hold nothing. */
export function editField<T>(document: T, path: string, value: unknown): T {
  const own = ALWAYS_HELD[pathSteps(path).at(-1) ?? ''];
  if (own !== undefined) return setAtPath(document, path, value ?? own);
  const empty = value === undefined || value === '' || isHollow(value);
  const next = setAtPath(withNewContact(document, path), path, empty ? undefined : value);
  return empty ? prune(next, path) : next;
}

/** A contact that is begun here stays inside until its author marks it public. */
function withNewContact<T>(document: T, path: string): T {
  const steps = pathSteps(path);
  const at = steps.findIndex((step) => step.startsWith('contact-'));
  if (at < 0 || steps.length < at + 3) return document;
  const contact = joinPath('', ...steps.slice(0, at + 2));
  return getAtPath(document, contact) === undefined
    ? setAtPath(document, contact, { '@': { tag: CONTACT_PRIVE } })
    : document;
}

function prune<T>(document: T, path: string): T {
  const steps = pathSteps(path).slice(0, -1);
  const last = steps.at(-1);
  if (last === undefined || (KEPT.has(last) && !steps.slice(0, -1).includes('champs'))) return document;
  const parent = joinPath('', ...steps);
  if (!isHollow(getAtPath(document, parent))) return document;
  return prune(setAtPath(document, parent, undefined), parent);
}
