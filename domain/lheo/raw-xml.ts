import type { SaxesTagNS } from 'saxes';

type Scope = ReadonlyMap<string, string>;

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\r': '&#13;',
};

/** Text as XML writes it between tags; carriage returns survive. */
export function escapeText(text: string): string {
  return /[&<>\r]/.test(text) ? text.replace(/[&<>\r]/g, (c) => ESCAPES[c] ?? c) : text;
}

/** Text as XML writes it between double quotes; tabs and line ends survive. */
export function escapeAttribut(text: string): string {
  return /[&<>"\t\n\r]/.test(text) ? text.replace(/[&<>"\t\n\r]/g, (c) => ESCAPES[c] ?? c) : text;
}

/** The content of an `extra` that holds elements: elements of LHÉO without prefix, others with their namespaces declared; comments are left out. */
export class RawXml {
  readonly #lheo: string;
  readonly #scopes: Scope[] = [new Map([['', 'lheo']])];
  readonly #names: string[] = [];
  #xml = '';

  /** `lheo` is the namespace that needs no declaration. */
  constructor(lheo: string) {
    this.#lheo = lheo;
  }

  text(text: string): void {
    this.#xml += escapeText(text);
  }

  open(tag: SaxesTagNS): void {
    const lheo = tag.uri === this.#lheo;
    const scope = new Map(this.#scopes.at(-1));
    const name = lheo ? tag.local : tag.name;
    let head = `<${name}`;
    const bind = (prefix: string, uri: string): void => {
      if (prefix === 'xml' || prefix === 'xmlns' || (scope.get(prefix) ?? '') === uri) return;
      scope.set(prefix, uri);
      head += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribut(uri === 'lheo' ? this.#lheo : uri)}"`;
    };
    bind(lheo ? '' : tag.prefix, lheo ? 'lheo' : tag.uri);
    for (const attribut of Object.values(tag.attributes)) {
      if (attribut.prefix === 'xmlns' || attribut.name === 'xmlns') continue;
      if (attribut.prefix !== '') bind(attribut.prefix, attribut.uri);
      head += ` ${attribut.name}="${escapeAttribut(attribut.value)}"`;
    }
    this.#scopes.push(scope);
    this.#names.push(name);
    this.#xml += `${head}>`;
  }

  close(): void {
    this.#scopes.pop();
    this.#xml += `</${this.#names.pop() ?? ''}>`;
  }

  toString(): string {
    return this.#xml;
  }
}
