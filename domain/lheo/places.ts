import { grammarOf } from '../grammar/compiled.ts';
import type { LheoVersion } from '../grammar/shape.ts';

const NUMBER = /^\d+$/;
const XPATH_STEP = /^(?:[^:[\]]+:)?([^:[\]]+)(?:\[(\d+)\])?$/;

/** Where each element of one streamed element stands: line by path, path by the XPath of a schema's fault. */
export class Places {
  readonly #names: string[] = [];
  readonly #depths: number[] = [];
  readonly #lines: number[] = [];
  readonly #version: LheoVersion;

  constructor(version: LheoVersion) {
    this.#version = version;
  }

  /** Notes an element in document order; the streamed element itself has depth 0. */
  add(name: string, depth: number, line: number): void {
    this.#names.push(name);
    this.#depths.push(depth);
    this.#lines.push(line);
  }

  /** The line of the element at `path` (steps of the JSON), or of its nearest noted ancestor. */
  lineOf(path: string): number {
    let at = 0;
    for (const [name, index] of steps(path)) {
      const found = this.#child(at, name, index, true);
      if (found === undefined) break;
      at = found;
    }
    return this.#lines[at] ?? 0;
  }

  /** The path and line of the element at an XPath relative to the streamed element, as libxml2 writes it. */
  at(xpath: string): { path: string; line: number } {
    let at = 0;
    let path = '';
    for (const step of xpath.split('/').filter((part) => part !== '')) {
      const [, name = '*', nth = '1'] = XPATH_STEP.exec(step) ?? [];
      const found = this.#child(at, name, Number(nth) - 1, name !== '*');
      if (found === undefined) break;
      path += this.#step(at, found);
      at = found;
    }
    return { path, line: this.#lines[at] ?? 0 };
  }

  #child(parent: number, name: string, index: number, byName: boolean): number | undefined {
    const depth = (this.#depths[parent] ?? 0) + 1;
    let seen = 0;
    for (let i = parent + 1; i < this.#depths.length && (this.#depths[i] ?? 0) >= depth; i += 1) {
      if (this.#depths[i] !== depth || (byName && this.#names[i] !== name)) continue;
      if (seen === index) return i;
      seen += 1;
    }
    return undefined;
  }

  #step(parent: number, child: number): string {
    const name = this.#names[child] ?? '';
    const rule = grammarOf(this.#version).get(this.#names[parent] ?? '');
    if (rule?.child.get(name)?.list !== true && rule?.kind !== 'extras') return `/${name}`;
    const depth = this.#depths[child];
    let index = 0;
    for (let i = parent + 1; i < child; i += 1) {
      if (this.#depths[i] === depth && this.#names[i] === name) index += 1;
    }
    return `/${name}/${index}`;
  }
}

function steps(path: string): [name: string, index: number][] {
  const found: [string, number][] = [];
  for (const part of path.split('/').slice(1)) {
    const last = found.at(-1);
    if (part === '@' || part === '#') break;
    if (NUMBER.test(part) && last !== undefined) last[1] = Number(part);
    else found.push([part, 0]);
  }
  return found;
}
