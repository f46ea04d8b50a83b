import { SaxesParser } from 'saxes';
import { escapeAttribut } from './raw-xml.ts';
import { WriteError } from './write-error.ts';

/** Anything that XML 1.0 cannot hold, lone surrogates included. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/u;
/** Brackets a held text's number; it cannot stand in a text, for XML forbids it. */
const MARK = '\uFFFF';

/** What the XML library would not write as due: it gets a mark instead, released when the library is done. */
export class Held {
  readonly #items: string[] = [];

  text(text: string, path: string): string {
    return permitted(text, path);
  }

  /** An attribute's value; one with tabs or line ends is held, for the library leaves them bare and they would be lost. */
  attribut(text: string, path: string): string {
    return /[\t\n\r]/.test(permitted(text, path)) ? this.#hold(escapeAttribut(text)) : text;
  }

  /** An attribute's value as it stands between double quotes. */
  escaped(text: string, path: string): string {
    return escapeAttribut(permitted(text, path));
  }

  /** Content that is XML already, checked to be well formed on its own. */
  xml(xml: string, namespace: string, path: string): string {
    const parser = new SaxesParser({ xmlns: true, fragment: true, additionalNamespaces: { '': namespace } });
    parser.on('error', (error) => {
      throw new WriteError(path, error.message);
    });
    parser.on('doctype', () => {
      throw new WriteError(path, 'a DOCTYPE is forbidden');
    });
    parser.write(permitted(xml, path)).close();
    return this.#hold(xml);
  }

  /** The library's output with what was held, carriage returns written so that they survive reading. */
  release(xml: string): string {
    const written = xml.includes('\r') ? xml.replaceAll('\r', '&#13;') : xml;
    return this.#items.length === 0
      ? written
      : written.replaceAll(/\uFFFF(\d+)\uFFFF/g, (_, at: string) => this.#items[Number(at)] ?? '');
  }

  #hold(item: string): string {
    this.#items.push(item);
    return `${MARK}${this.#items.length - 1}${MARK}`;
  }
}

function permitted(text: string, path: string): string {
  if (FORBIDDEN.test(text)) throw new WriteError(path, 'it holds a character that XML forbids');
  return text;
}
