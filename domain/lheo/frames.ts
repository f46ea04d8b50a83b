import type { SaxesTagNS } from 'saxes';
import type { ChildRule, ElementRule } from '../grammar/compiled.ts';
import type { RawXml } from './raw-xml.ts';

export type Json = Record<string, unknown>;
export type Attributs = Record<string, string>;

/** An element that is open: what was gathered of it so far. */
export interface Frame {
  readonly name: string;
  /** Absent for an element the grammar does not know here: it is read over. */
  readonly rule: ElementRule | undefined;
  readonly role: 'container' | 'sequence' | 'extras' | 'leaf' | 'any' | 'raw' | 'skip';
  readonly line: number;
  /** Its step in paths: name, and index when it may be repeated. */
  readonly step: string;
  readonly child: ChildRule | undefined;
  readonly attributs: Attributs | undefined;
  readonly json: Json;
  readonly contenu: unknown[];
  /** Occurrences of each child, for containers. */
  readonly counts: Map<string, number>;
  lastOrder: number;
  text: string;
  textReported: boolean;
  raw: RawXml | undefined;
}

const NO_JSON: Json = Object.freeze({});
const NO_ITEMS: unknown[] = [];
const NO_COUNTS = new Map<string, number>();

/** Elements whose children are given one by one, so that memory does not grow with the file. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'lheo',
  'offres',
  'lheo-plus',
  'lheo-index',
  'resumes-offres',
  'resumes-organismes',
]);

/** How an element is gathered; it can be a container only outside any streamed element. */
export function roleOf(rule: ElementRule, outside: boolean): Frame['role'] {
  if (outside && CONTAINERS.has(rule.name)) return 'container';
  if (rule.kind === 'sequence' || rule.kind === 'extras' || rule.kind === 'any') return rule.kind;
  return 'leaf';
}

/** A frame for an element just opened. */
export function makeFrame(
  head: Pick<Frame, 'name' | 'role' | 'line' | 'step'> & Partial<Pick<Frame, 'rule' | 'child' | 'attributs'>>,
): Frame {
  const { name, role, line, step, rule, child, attributs } = head;
  return {
    name,
    role,
    line,
    step,
    rule,
    child,
    attributs,
    json: role === 'sequence' ? {} : NO_JSON,
    contenu: role === 'extras' ? [] : NO_ITEMS,
    counts: role === 'container' ? new Map() : NO_COUNTS,
    lastOrder: -1,
    text: '',
    textReported: false,
    raw: undefined,
  };
}

/** True when the grammar knows the element here, so that it has a JSON. */
export function isRead(frame: Frame): frame is Frame & { readonly rule: ElementRule } {
  return frame.rule !== undefined;
}

/** How many of `child` the frame holds already. */
export function occurrences(frame: Frame, child: ChildRule): number {
  if (frame.role === 'container') return frame.counts.get(child.name) ?? 0;
  const value = frame.json[child.name];
  return Array.isArray(value) ? value.length : value === undefined ? 0 : 1;
}

/** The JSON of a frame that closes. */
export function jsonOf(frame: Frame): unknown {
  const { attributs, role } = frame;
  if (role === 'sequence') {
    if (attributs !== undefined) frame.json['@'] = attributs;
    return frame.json;
  }
  if (role === 'extras')
    return attributs === undefined ? { contenu: frame.contenu } : { '@': attributs, contenu: frame.contenu };
  if (frame.raw !== undefined)
    return attributs === undefined ? { xml: String(frame.raw) } : { xml: String(frame.raw), '@': attributs };
  return attributs === undefined ? frame.text : { '#': frame.text, '@': attributs };
}

/** Puts a closed child into its parent; a second occurrence of what may occur once is left out. */
export function put(parent: Frame, frame: Frame): void {
  if (parent.role === 'extras') {
    parent.contenu.push({ [frame.name]: jsonOf(frame) });
    return;
  }
  const { json } = parent;
  const held = json[frame.name];
  if (frame.child?.list !== true) {
    if (held === undefined) json[frame.name] = jsonOf(frame);
  } else if (Array.isArray(held)) held.push(jsonOf(frame));
  else json[frame.name] = [jsonOf(frame)];
}

/** Every namespace in scope at a tag, by prefix. */
export function namespacesAt(tags: readonly SaxesTagNS[]): Record<string, string> {
  return Object.assign({}, ...tags.map((tag) => tag.ns)) as Record<string, string>;
}
