import type { SaxesTagNS } from 'saxes';
import { type ChildRule, type ElementRule, grammarOf } from '../grammar/compiled.ts';
import { type LheoVersion, NAMESPACES } from '../grammar/shape.ts';
import type { ElementName } from '../grammar/types.ts';
import type { ReadEvent } from './events.ts';
import type { LheoFault } from './faults.ts';
import { type Frame, isRead, jsonOf, makeFrame, namespacesAt, occurrences, put, roleOf } from './frames.ts';
import { contentFaults, type Found, placeFaults, readAttributs } from './judge.ts';
import { Places } from './places.ts';
import { RawXml } from './raw-xml.ts';
import type { SourceWindow } from './source-window.ts';

const IN_EXTRAS: ReadonlyMap<string, ChildRule> = new Map(
  (['extra', 'extras'] as const).map((name) => [name, { name, order: 0, min: 0, max: Infinity, list: true }]),
);

/** The element being streamed: what is known of it before it closes. */
interface Unit {
  readonly places: Places;
  readonly faults: LheoFault[];
  /** Where its start tag begins in the file. */
  readonly start: number;
  /** Open elements around it. */
  readonly depth: number;
}

/** Makes events of a version's tags and texts: JSON, lines and faults of each child of the containers. */
export class Assembly {
  readonly #version: LheoVersion;
  readonly #rules: ReadonlyMap<string, ElementRule>;
  readonly #emit: (event: ReadEvent) => void;
  readonly #window: SourceWindow | undefined;
  readonly #frames: Frame[] = [];
  readonly #tags: SaxesTagNS[] = [];
  readonly #ids = new Set<string>();
  #unit: Unit | undefined;
  #any: Frame | undefined;

  constructor(version: LheoVersion, emit: (event: ReadEvent) => void, window: SourceWindow | undefined) {
    this.#version = version;
    this.#rules = grammarOf(version);
    this.#emit = emit;
    this.#window = window;
  }

  /** Where the element being streamed begins, or undefined between two. */
  get unitStart(): number | undefined {
    return this.#unit?.start;
  }

  get path(): string {
    return pathOf(this.#frames);
  }

  /** `start` is where the tag begins in the file. */
  open(tag: SaxesTagNS, line: number, start: number): void {
    const parent = this.#frames.at(-1);
    const frame = this.#frameOf(tag, parent, line, start);
    this.#tags.push(tag);
    this.#frames.push(frame);
    if (frame.role === 'any') this.#any = frame;
    if (frame.role !== 'container' || frame.rule === undefined) return;
    const { rule, attributs = {} } = frame;
    this.#emit({ kind: 'open', name: rule.name, version: this.#version, attributs, line, path: this.path });
  }

  text(text: string, line: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined || frame.role === 'skip') return;
    if (frame.role === 'leaf') frame.text += text;
    else if (this.#any?.raw !== undefined) this.#any.raw.text(text);
    else if (this.#any !== undefined) this.#any.text += text;
    else if (!frame.textReported && /[^ \t\n\r]/.test(text)) {
      frame.textReported = true;
      this.#report(line, {
        code: 'texte-inattendu',
        step: '',
        message: `<${frame.name}> contient du texte hors de ses éléments`,
      });
    }
  }

  /** `position` is where the end tag ends. */
  close(line: number, position: number): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    if (frame.role === 'raw') this.#any?.raw?.close();
    if (frame.role === 'any') this.#any = undefined;
    for (const fault of contentFaults(frame)) this.#report(frame.line, fault);
    const parent = this.#frames.at(-2);
    if (this.#unit !== undefined && this.#frames.length === this.#unit.depth + 1)
      this.#endUnit(this.#unit, frame, line, position);
    else if (parent !== undefined && frame.rule !== undefined && parent.role !== 'container') put(parent, frame);
    if (frame.role === 'container') this.#emit({ kind: 'close', name: frame.name as ElementName, line });
    this.#frames.pop();
    this.#tags.pop();
  }

  #frameOf(tag: SaxesTagNS, parent: Frame | undefined, line: number, start: number): Frame {
    if (this.#unit !== undefined) this.#unit.places.add(tag.local, this.#frames.length - this.#unit.depth, line);
    if (this.#any !== undefined) {
      this.#rawOf(this.#any).open(tag);
      return makeFrame({ name: tag.local, role: 'raw', line, step: `/${tag.local}` });
    }
    if (parent?.role === 'skip') return makeFrame({ name: tag.local, role: 'skip', line, step: '' });
    const child = parent === undefined ? undefined : childOf(parent, tag, NAMESPACES[this.#version]);
    const rule = this.#rules.get(parent === undefined ? tag.local : (child?.name ?? ''));
    if (rule === undefined) return this.#unknown(tag, parent, line);
    const index = parent === undefined || child === undefined ? 0 : indexOf(parent, child);
    const step = child?.list === true ? `/${rule.name}/${index}` : `/${rule.name}`;
    if (parent !== undefined && child !== undefined) this.#place(parent, child, index, step, line);
    const role = roleOf(rule, this.#unit === undefined);
    if (role !== 'container' && this.#unit === undefined) this.#startUnit(tag, line, start);
    const { attributs, faults } = readAttributs(tag, rule, this.#ids);
    for (const fault of faults) this.#report(line, { ...fault, step: `${step}${fault.step}` });
    return makeFrame({ name: rule.name, rule, role, line, step, child, attributs });
  }

  #place(parent: Frame, child: ChildRule, index: number, step: string, line: number): void {
    if (parent.role === 'container') parent.counts.set(child.name, index + 1);
    if (parent.role === 'extras') return;
    for (const fault of placeFaults(parent, child, index, step)) this.#report(line, fault);
    parent.lastOrder = Math.max(parent.lastOrder, child.order);
  }

  #unknown(tag: SaxesTagNS, parent: Frame | undefined, line: number): Frame {
    const step = `/${tag.local}`;
    const where = parent?.role === 'leaf' ? 'ne contient que du texte' : 'ne contient pas cet élément';
    this.#report(line, { code: 'element-inconnu', step, message: `<${tag.name}> : <${parent?.name ?? ''}> ${where}` });
    return makeFrame({ name: tag.local, role: 'skip', line, step });
  }

  #rawOf(any: Frame): RawXml {
    if (any.raw !== undefined) return any.raw;
    const raw = new RawXml(NAMESPACES[this.#version]);
    raw.text(any.text);
    any.raw = raw;
    return raw;
  }

  #startUnit(tag: SaxesTagNS, line: number, start: number): void {
    const places = new Places(this.#version);
    places.add(tag.local, 0, line);
    this.#unit = { places, faults: [], start, depth: this.#frames.length };
  }

  #endUnit(unit: Unit, frame: Frame, line: number, position: number): void {
    this.#unit = undefined;
    if (!isRead(frame)) return;
    const { places, faults } = unit;
    const xml = this.#window?.slice(unit.start, position);
    this.#emit({
      kind: 'element',
      name: frame.rule.name,
      version: this.#version,
      json: jsonOf(frame),
      path: this.path,
      line: frame.line,
      endLine: line,
      faults,
      lineOf: (path) => places.lineOf(path),
      placeOf: (xpath) => places.at(xpath),
      ...sourceOf(xml, this.#tags),
    });
  }

  #report(line: number, { code, step, message }: Found): void {
    if (this.#unit === undefined) {
      this.#emit({ kind: 'fault', fatal: false, fault: { code, line, path: this.path + step, message } });
      return;
    }
    const inner = this.#frames.slice(this.#unit.depth + 1);
    const opening = this.#frames.length === this.#unit.depth;
    this.#unit.faults.push({
      code,
      line,
      path: pathOf(inner) + (opening ? step.replace(/^\/[^/]+(\/\d+)?/, '') : step),
      message,
    });
  }
}

function pathOf(frames: readonly Frame[]): string {
  return frames.map((frame) => frame.step).join('');
}

function childOf(parent: Frame, tag: SaxesTagNS, namespace: string): ChildRule | undefined {
  if (tag.uri !== namespace) return undefined;
  return parent.role === 'extras' ? IN_EXTRAS.get(tag.local) : parent.rule?.child.get(tag.local);
}

function indexOf(parent: Frame, child: ChildRule): number {
  if (parent.role !== 'extras') return occurrences(parent, child);
  return parent.contenu.filter((item) => child.name in (item as object)).length;
}

function sourceOf(
  xml: string | undefined,
  tags: readonly SaxesTagNS[],
): { source?: { xml: string; namespaces: Record<string, string> } } {
  return xml === undefined ? {} : { source: { xml, namespaces: namespacesAt(tags.slice(0, -1)) } };
}
