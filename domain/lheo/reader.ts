import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type ChildRule, type ElementRule, grammarOf } from '../grammar/compiled.ts';
import { type LheoVersion, NAMESPACES } from '../grammar/shape.ts';
import type { ElementName } from '../grammar/types.ts';
import type { ReadEvent } from './events.ts';
import type { LheoFault, SchemaFaultCode, XmlFaultCode } from './faults.ts';
import { type Attributs, type Frame, jsonOf, makeFrame, namespacesAt, occurrences, put } from './frames.ts';
import { attributFault, collapse, leafFault } from './leaf.ts';
import { Places } from './places.ts';
import { RawXml } from './raw-xml.ts';
import { SourceWindow } from './source-window.ts';

const MAX_DEPTH = 100;
const MAX_ATTRIBUTS = 1000;
/** Characters of one streamed element, or of one token, past which a file is refused. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
const SLICE = 64 * 1024;
const XSI = 'http://www.w3.org/2001/XMLSchema-instance';

/** Elements whose children are given one by one, so that memory does not grow with the file. */
const CONTAINERS: ReadonlySet<string> = new Set([
  'lheo',
  'offres',
  'lheo-plus',
  'lheo-index',
  'resumes-offres',
  'resumes-organismes',
]);

export interface ReaderOptions {
  /** Keep each streamed element's own XML, to validate it. */
  readonly source?: boolean;
}

/** Ends the parser's run after a fatal fault; never leaves this file. */
class Stop extends Error {}

/**
 * Reads LHÉO 2.2 or 2.3 from pieces of text, in memory flat in the file's size. It tolerates what the format refuses and
 * reports it; ill-formed or hostile input ends with a fatal fault. It never throws on what it is given.
 */
export class LheoReader {
  readonly #parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  readonly #window: SourceWindow | undefined;
  readonly #frames: Frame[] = [];
  readonly #tags: SaxesTagNS[] = [];
  readonly #ids = new Set<string>();
  #events: ReadEvent[] = [];
  #version: LheoVersion | undefined;
  #namespace = '';
  #rules: ReadonlyMap<string, ElementRule> = new Map();
  #places: Places | undefined;
  #faults: LheoFault[] = [];
  #attributs = 0;
  #fed = 0;
  #progress = 0;
  #unitStart = 0;
  #seenText = false;
  #stopped = false;

  constructor(options: ReaderOptions = {}) {
    this.#window = options.source === true ? new SourceWindow() : undefined;
    this.#listen();
  }

  /** Takes the next piece of text; gives what became complete. */
  write(text: string): ReadEvent[] {
    for (let at = 0; at < text.length && !this.#stopped; at += SLICE) this.#feed(text.slice(at, at + SLICE));
    return this.#take();
  }

  /** Says that the file ends; gives the last events. */
  end(): ReadEvent[] {
    if (!this.#stopped) this.#run(() => void this.#parser.close());
    this.#stopped = true;
    return this.#take();
  }

  /** Ends the reading with a fault found outside the parser, such as bytes in no known encoding. */
  refuse(code: XmlFaultCode, message: string): ReadEvent[] {
    if (!this.#stopped) this.#run(() => this.#stop(code, message));
    return this.#take();
  }

  #take(): ReadEvent[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #feed(slice: string): void {
    this.#seenText ||= /\S/.test(slice);
    this.#fed += slice.length;
    this.#window?.push(slice);
    this.#run(() => {
      this.#parser.write(slice);
      const since = this.#places === undefined ? this.#progress : this.#unitStart;
      if (this.#fed - since > MAX_CHARACTERS)
        this.#stop('trop-long', `un élément dépasse ${MAX_CHARACTERS} caractères`);
    });
    if (this.#places === undefined) this.#window?.keepFrom(this.#fed - SLICE);
  }

  #run(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
    }
  }

  #listen(): void {
    const parser = this.#parser;
    parser.on('error', (error) => this.#stopIllFormed(error));
    parser.on('doctype', () => this.#stop('entites-interdites', 'une déclaration DOCTYPE est interdite'));
    parser.on('opentagstart', () => this.#tagStarts());
    parser.on('attribute', () => this.#countAttribut());
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('text', (text) => this.#text(text));
    parser.on('cdata', (text) => this.#text(text));
    parser.on('comment', () => {
      this.#progress = this.#fed;
    });
    parser.on('closetag', () => this.#close());
  }

  #stop(code: XmlFaultCode, message: string): never {
    this.#stopped = true;
    this.#events.push({
      kind: 'fault',
      fatal: true,
      fault: { code, line: this.#parser.line, path: this.#path(), message },
    });
    throw new Stop(code);
  }

  #stopIllFormed(error: Error): never {
    const reason = error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
    if (!this.#seenText) return this.#stop('mal-forme', 'le fichier est vide');
    if (this.#tags.length === 0 && this.#version === undefined)
      return this.#stop('mal-forme', `ce n'est pas du XML (${reason})`);
    const open = this.#tags.at(-1)?.name;
    if (/^unclosed tag|^unexpected end/i.test(reason)) {
      return this.#stop('mal-forme', `le fichier s'arrête avant la fin${open === undefined ? '' : ` de <${open}>`}`);
    }
    return this.#stop('mal-forme', `XML mal formé : ${reason}`);
  }

  #tagStarts(): void {
    this.#progress = this.#fed;
    this.#attributs = 0;
    if (this.#frames.at(-1)?.role === 'container') this.#unitStart = this.#parser.position;
    if (this.#tags.length >= MAX_DEPTH) this.#stop('trop-profond', `plus de ${MAX_DEPTH} éléments l'un dans l'autre`);
  }

  #countAttribut(): void {
    this.#attributs += 1;
    if (this.#attributs > MAX_ATTRIBUTS)
      this.#stop('trop-d-attributs', `plus de ${MAX_ATTRIBUTS} attributs sur un élément`);
  }

  #open(tag: SaxesTagNS): void {
    this.#tags.push(tag);
    const parent = this.#frames.at(-1);
    const frame = parent === undefined ? this.#openRoot(tag) : this.#openChild(parent, tag);
    this.#frames.push(frame);
    if (frame.role === 'container') {
      const { name, rule, attributs, line } = frame;
      if (rule === undefined || this.#version === undefined) return;
      this.#events.push({
        kind: 'open',
        name: name as ElementName,
        version: this.#version,
        attributs: attributs ?? {},
        line,
        path: this.#path(),
      });
    }
  }

  #openRoot(tag: SaxesTagNS): Frame {
    const version = (Object.keys(NAMESPACES) as LheoVersion[]).find((candidate) => NAMESPACES[candidate] === tag.uri);
    if (version === undefined)
      return this.#stop('version-inconnue', `l'espace de noms « ${tag.uri} » n'est ni LHÉO 2.2 ni LHÉO 2.3`);
    this.#version = version;
    this.#namespace = NAMESPACES[version];
    this.#rules = grammarOf(version);
    const rule = this.#rules.get(tag.local);
    if (rule === undefined) return this.#stop('racine-inconnue', `LHÉO ${version} n'a pas d'élément <${tag.local}>`);
    const container = CONTAINERS.has(tag.local);
    if (!container) {
      this.#unitStart = this.#parser.position;
      this.#startUnit(version, tag, 0);
    }
    const attributs = this.#attributsOf(tag, rule);
    return makeFrame({
      name: tag.local,
      rule,
      role: container ? 'container' : roleOf(rule),
      line: this.#parser.line,
      step: `/${tag.local}`,
      child: undefined,
      attributs,
    });
  }

  #startUnit(version: LheoVersion, tag: SaxesTagNS, from: number): void {
    this.#places = new Places(version);
    this.#faults = [];
    this.#places.add(tag.local, from, this.#parser.line);
    this.#unitStart = this.#window?.startOf(tag.name, this.#parser.position) ?? this.#unitStart;
  }

  #openChild(parent: Frame, tag: SaxesTagNS): Frame {
    const line = this.#parser.line;
    const depth = this.#frames.findIndex((frame) => frame.role !== 'container');
    const inside = parent.role === 'any' || parent.role === 'raw';
    if (this.#places !== undefined) this.#places.add(tag.local, this.#frames.length - depth, line);
    if (inside) return this.#openRaw(tag, line);
    if (parent.role === 'skip')
      return makeFrame({
        name: tag.local,
        rule: undefined,
        role: 'skip',
        line,
        step: '',
        child: undefined,
        attributs: undefined,
      });
    const child = tag.uri === this.#namespace ? childOf(parent, tag.local) : undefined;
    const rule = child === undefined ? undefined : this.#rules.get(child.name);
    if (child === undefined || rule === undefined) return this.#openUnknown(parent, tag, line);
    const index = parent.role === 'extras' ? parent.contenu.length : occurrences(parent, child);
    this.#placeFaults(parent, child, index, line);
    const container = parent.role === 'container' && CONTAINERS.has(child.name);
    if (parent.role === 'container') {
      parent.counts.set(child.name, index + 1);
      if (!container && this.#version !== undefined) this.#startUnit(this.#version, tag, 0);
    }
    const step = child.list ? `/${child.name}/${index}` : `/${child.name}`;
    const role = container ? 'container' : roleOf(rule);
    const attributs = this.#attributsOf(tag, rule, step);
    return makeFrame({ name: child.name, rule, role, line, step, child, attributs });
  }

  #openRaw(tag: SaxesTagNS, line: number): Frame {
    const any = this.#openAny();
    if (any !== undefined) {
      if (any.raw === undefined) {
        any.raw = new RawXml(this.#namespace);
        any.raw.text(any.text);
      }
      any.raw.open(tag);
    }
    return makeFrame({
      name: tag.local,
      rule: undefined,
      role: 'raw',
      line,
      step: `/${tag.local}`,
      child: undefined,
      attributs: undefined,
    });
  }

  #openUnknown(parent: Frame, tag: SaxesTagNS, line: number): Frame {
    const where =
      parent.role === 'leaf'
        ? `<${parent.name}> ne contient que du texte`
        : `<${parent.name}> ne contient pas cet élément`;
    this.#report('element-inconnu', line, `/${tag.local}`, `<${tag.name}> : ${where}`);
    return makeFrame({
      name: tag.local,
      rule: undefined,
      role: 'skip',
      line,
      step: `/${tag.local}`,
      child: undefined,
      attributs: undefined,
    });
  }

  #placeFaults(parent: Frame, child: ChildRule, count: number, line: number): void {
    if (parent.role === 'extras') return;
    const step = child.list ? `/${child.name}/${count}` : `/${child.name}`;
    if (child.order < parent.lastOrder)
      this.#report('element-mal-place', line, step, `<${child.name}> vient trop tard dans <${parent.name}>`);
    else parent.lastOrder = child.order;
    if (count >= child.max)
      this.#report('element-en-trop', line, step, `<${child.name}> : ${child.max} au plus dans <${parent.name}>`);
  }

  #attributsOf(tag: SaxesTagNS, rule: ElementRule, step = ''): Attributs | undefined {
    let found: Attributs | undefined;
    for (const { name, prefix, uri, value } of Object.values(tag.attributes)) {
      if (prefix === 'xmlns' || name === 'xmlns') continue;
      const type = uri === '' ? rule.attributs.get(name) : undefined;
      if (type === undefined && rule.kind !== 'any') {
        if (uri !== XSI)
          this.#report(
            'attribut-inconnu',
            this.#parser.line,
            `${step}/@/${name}`,
            `l'attribut ${name} n'existe pas sur <${rule.name}>`,
          );
        continue;
      }
      found ??= {};
      found[name] = value;
      if (prefix !== '' && prefix !== 'xml') found[`xmlns:${prefix}`] = uri;
      if (type !== undefined && type !== 'string') this.#judgeAttribut(name, type, value, step);
    }
    return found;
  }

  #judgeAttribut(name: string, type: Parameters<typeof attributFault>[1], value: string, step: string): void {
    const fault = attributFault(name, type, value);
    if (fault !== undefined) this.#report(fault.code, this.#parser.line, `${step}/@/${name}`, fault.message);
    if (type !== 'id') return;
    const id = collapse(value);
    if (this.#ids.has(id))
      this.#report(
        'identifiant-repete',
        this.#parser.line,
        `${step}/@/id`,
        `l'identifiant « ${id} » est déjà pris dans le fichier`,
      );
    this.#ids.add(id);
  }

  #text(text: string): void {
    this.#progress = this.#fed;
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    const { role } = frame;
    if (role === 'leaf') frame.text += text;
    else if (role === 'any' || role === 'raw') this.#rawText(text);
    else if (role !== 'skip' && !frame.textReported && /[^ \t\n\r]/.test(text)) {
      frame.textReported = true;
      this.#report('texte-inattendu', this.#parser.line, '', `<${frame.name}> contient du texte hors de ses éléments`);
    }
  }

  #rawText(text: string): void {
    const any = this.#openAny();
    if (any?.raw !== undefined) any.raw.text(text);
    else if (any !== undefined) any.text += text;
  }

  #openAny(): Frame | undefined {
    const last = this.#frames.at(-1);
    return last?.role === 'any'
      ? last
      : last?.role === 'raw'
        ? this.#frames.findLast((frame) => frame.role === 'any')
        : undefined;
  }

  #close(): void {
    const frame = this.#frames.at(-1);
    if (frame === undefined) return;
    if (frame.role === 'raw') this.#openAny()?.raw?.close();
    this.#judgeContent(frame);
    const parent = this.#frames.at(-2);
    if (this.#places !== undefined && (parent === undefined || parent.role === 'container')) this.#endUnit(frame);
    else if (parent !== undefined && frame.rule !== undefined && parent.role !== 'container') put(parent, frame);
    if (frame.role === 'container')
      this.#events.push({ kind: 'close', name: frame.name as ElementName, line: this.#parser.line });
    this.#frames.pop();
    this.#tags.pop();
  }

  #judgeContent(frame: Frame): void {
    const { rule, role } = frame;
    if (rule === undefined) return;
    if (role === 'leaf') {
      const fault = leafFault(rule, frame.text);
      if (fault !== undefined) this.#report(fault.code, frame.line, '', fault.message);
    } else if (role === 'sequence' || role === 'container') {
      for (const child of rule.children) {
        if (child.min > 0 && occurrences(frame, child) === 0)
          this.#report('element-manquant', frame.line, `/${child.name}`, `<${child.name}> manque dans <${frame.name}>`);
      }
    }
  }

  #endUnit(frame: Frame): void {
    const places = this.#places;
    this.#places = undefined;
    if (places === undefined || this.#version === undefined || frame.rule === undefined) return;
    const path = this.#path();
    const source =
      this.#window === undefined
        ? undefined
        : {
            xml: this.#window.slice(this.#unitStart, this.#parser.position),
            namespaces: namespacesAt(this.#tags.slice(0, -1)),
          };
    this.#events.push({
      kind: 'element',
      name: frame.rule.name,
      version: this.#version,
      json: jsonOf(frame),
      path,
      line: frame.line,
      endLine: this.#parser.line,
      faults: this.#faults,
      lineOf: (inner) => places.lineOf(inner),
      placeOf: (xpath) => places.at(xpath),
      ...(source === undefined ? {} : { source }),
    });
  }

  #report(code: SchemaFaultCode, line: number, step: string, message: string): void {
    if (this.#places === undefined) {
      this.#events.push({ kind: 'fault', fatal: false, fault: { code, line, path: this.#path() + step, message } });
      return;
    }
    const unit = this.#frames.findIndex((frame) => frame.role !== 'container');
    const path =
      unit === -1
        ? ''
        : this.#frames
            .slice(unit + 1)
            .map((frame) => frame.step)
            .join('');
    this.#faults.push({
      code,
      line,
      path: path + (unit === -1 ? step.replace(/^\/[^/]+(\/\d+)?/, '') : step),
      message,
    });
  }

  #path(): string {
    return this.#frames.map((frame) => frame.step).join('');
  }
}

function roleOf(rule: ElementRule): Frame['role'] {
  if (rule.kind === 'sequence' || rule.kind === 'extras' || rule.kind === 'any') return rule.kind;
  return 'leaf';
}

const IN_EXTRAS: ReadonlyMap<string, ChildRule> = new Map(
  (['extra', 'extras'] as const).map((name) => [name, { name, order: 0, min: 0, max: Infinity, list: true }]),
);

function childOf(parent: Frame, name: string): ChildRule | undefined {
  return parent.role === 'extras' ? IN_EXTRAS.get(name) : parent.rule?.child.get(name);
}
