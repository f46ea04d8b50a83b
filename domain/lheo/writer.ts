import { fragment } from 'xmlbuilder2';
import type { XMLBuilder } from 'xmlbuilder2/lib/interfaces.js';
import { type ElementRule, ruleOf } from '../grammar/compiled.ts';
import { type LheoVersion, NAMESPACES } from '../grammar/shape.ts';
import type { ElementName, LheoElement } from '../grammar/types.ts';
import { Held } from './held.ts';
import { isNode, type LheoNode, occurrencesOf } from './json.ts';
import { PlainWriter } from './plain-writer.ts';
import { WriteError } from './write-error.ts';

/** Raised when what is written (bytes for the same JSON) changes; part of what identifies a rendered fiche. */
export const WRITER_VERSION = 2;

export interface WriteOptions {
  /** 2.3 when absent. */
  readonly version?: LheoVersion;
  /** White space of one level; without it an element is written on as few lines as possible. */
  readonly indent?: string;
}

/**
 * The XML of one element, without namespace declaration; children and attributes come in the grammar's order. Throws
 * `WriteError` for a character XML cannot hold or a name that the version lacks: convert first.
 */
export function writeElement<N extends ElementName>(name: N, json: LheoElement<N>, options: WriteOptions = {}): string {
  return writeNode(name, json, options);
}

/** `writeElement` where the name is known only at run time. */
export function writeNode(name: string, json: unknown, { version = '2.3', indent }: WriteOptions = {}): string {
  if (indent === undefined) return new PlainWriter(version).element(ruleOf(name, version), json, `/${name}`);
  const held = new Held();
  const root = fragment();
  new Writing(version, held).element(root, ruleOf(name, version), json, `/${name}`);
  return held.release(root.end({ headless: true, prettyPrint: true, indent }));
}

/** One formation for a file: `<formation` and `</formation>` each begin a line, and the last line is ended. */
export function writeFormation(json: LheoElement<'formation'>, options: WriteOptions = {}): string {
  const xml = writeElement('formation', json, options);
  if (options.indent !== undefined) return `${xml}\n`;
  return `${xml.replace(/<\/formation>$/, '\n</formation>')}\n`;
}

class Writing {
  readonly #version: LheoVersion;
  readonly #held: Held;

  constructor(version: LheoVersion, held: Held) {
    this.#version = version;
    this.#held = held;
  }

  element(parent: XMLBuilder, rule: ElementRule, json: unknown, path: string): void {
    const node = isNode(json) ? json : undefined;
    const element = parent.ele(rule.name, this.#attributs(rule, node, path));
    if (rule.kind === 'sequence') this.#sequence(element, rule, node, path);
    else if (rule.kind === 'extras') this.#extras(element, node, path);
    else this.#leaf(element, rule, json, node, path);
  }

  #sequence(element: XMLBuilder, rule: ElementRule, node: LheoNode | undefined, path: string): void {
    if (node === undefined) throw new WriteError(path, 'an object of its children is due');
    for (const key of Object.keys(node)) {
      if (key !== '@' && !rule.child.has(key) && node[key] !== undefined)
        throw new WriteError(`${path}/${key}`, `LHÉO ${this.#version} has no such element here`);
    }
    for (const child of rule.children) {
      occurrencesOf(node[child.name]).forEach((value, index) => {
        const step = child.list ? `${path}/${child.name}/${index}` : `${path}/${child.name}`;
        this.element(element, ruleOf(child.name, this.#version), value, step);
      });
    }
  }

  #extras(element: XMLBuilder, node: LheoNode | undefined, path: string): void {
    occurrencesOf(node?.contenu).forEach((item, index) => {
      if (!isNode(item)) throw new WriteError(`${path}/contenu/${index}`, 'an extra or an extras is due');
      const name = 'extra' in item ? 'extra' : 'extras';
      this.element(element, ruleOf(name, this.#version), item[name], `${path}/contenu/${index}/${name}`);
    });
  }

  #leaf(element: XMLBuilder, rule: ElementRule, json: unknown, node: LheoNode | undefined, path: string): void {
    if (rule.kind === 'any' && typeof node?.xml === 'string') {
      element.txt(this.#held.xml(node.xml, NAMESPACES[this.#version], path));
      return;
    }
    const text = typeof json === 'string' ? json : (node?.['#'] ?? '');
    if (typeof text !== 'string' || (typeof json !== 'string' && node === undefined))
      throw new WriteError(path, 'a text is due');
    if (text !== '') element.txt(this.#held.text(text, path));
  }

  #attributs(rule: ElementRule, node: LheoNode | undefined, path: string): Record<string, string> {
    const given = node?.['@'];
    const written: Record<string, string> = {};
    if (given === undefined) return written;
    for (const name of Object.keys(given)) {
      if (!rule.attributs.has(name) && rule.kind !== 'any' && given[name] !== undefined)
        throw new WriteError(`${path}/@/${name}`, `LHÉO ${this.#version} has no such attribute here`);
    }
    const others =
      rule.kind === 'any'
        ? Object.keys(given)
            .filter((name) => !rule.attributs.has(name))
            .sort()
        : [];
    for (const name of [...rule.attributs.keys(), ...others]) {
      const value = given[name];
      if (value !== undefined) written[name] = this.#held.attribut(value, `${path}/@/${name}`);
    }
    return written;
  }
}
