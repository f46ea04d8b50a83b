import { ParseOption, XmlDocument, XmlError, XmlLibError, XsdValidator } from 'libxml2-wasm';
import type { LheoVersion } from '../grammar/shape.ts';
import type { ElementEvent } from './events.ts';
import type { LheoFault } from './faults.ts';
import { escapeAttribut } from './raw-xml.ts';
import { makeXsd } from './xsd.ts';

const OPTIONS = ParseOption.XML_PARSE_NONET | ParseOption.XML_PARSE_NO_XXE | ParseOption.XML_PARSE_BIG_LINES;

/** One fault as libxml2 gives it; `xpath` is from the document's root. */
interface Detail {
  readonly line: number;
  readonly message: string;
  readonly xpath?: string;
}

/** A compiled schema. Its memory is the library's own: dispose it, or declare it with `using`. */
export class LheoSchema {
  readonly #schema: XsdValidator;

  /** Compiles an XML Schema, by default the one made from the grammar. */
  constructor(version: LheoVersion, xsd: string = makeXsd(version)) {
    const document = XmlDocument.fromString(xsd);
    try {
      this.#schema = XsdValidator.fromDoc(document);
    } finally {
      document.dispose();
    }
  }

  /** What the schema refuses in a whole document; empty when it is valid. Ill-formed input gives a fault too. */
  validate(xml: string | Uint8Array): LheoFault[] {
    return this.#judge(xml, (document) => this.#schema.validate(document)).map(({ line, message, xpath }) => ({
      code: 'schema',
      line,
      path: xpath ?? '',
      message,
    }));
  }

  /** What the schema refuses in one streamed element, read with option `source`; lines and paths as in its event. */
  validateElement(event: Pick<ElementEvent, 'line' | 'source' | 'placeOf'>): LheoFault[] {
    if (event.source === undefined) throw new Error('Cannot validate an element read without its source');
    const { xml, namespaces } = event.source;
    const declared = Object.entries(namespaces).map(
      ([prefix, uri]) => ` xmlns${prefix === '' ? '' : `:${prefix}`}="${escapeAttribut(uri)}"`,
    );
    return this.#judge(`<_${declared.join('')}>${xml}</_>`, (document) => {
      const element = document.root.firstChild;
      if (element !== null) this.#schema.validate(element as Parameters<XsdValidator['validate']>[0] & typeof element);
    }).map(({ line, message, xpath }) => {
      const inner = xpath?.replace(/^\/[^/]+\/[^/]+/, '');
      const place = inner === undefined ? { path: '', line: event.line + line - 1 } : event.placeOf(inner);
      return { code: 'schema', line: place.line, path: place.path, message };
    });
  }

  dispose(): void {
    this.#schema.dispose();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #judge(xml: string | Uint8Array, act: (document: XmlDocument) => void): Detail[] {
    let document: XmlDocument | undefined;
    try {
      document =
        typeof xml === 'string'
          ? XmlDocument.fromString(xml, { option: OPTIONS })
          : XmlDocument.fromBuffer(xml, { option: OPTIONS });
      act(document);
      return [];
    } catch (error) {
      return detailsOf(error);
    } finally {
      document?.dispose();
    }
  }
}

/** The schema of one version, made from the grammar and compiled (about 10 ms). */
export function createSchema(version: LheoVersion): LheoSchema {
  return new LheoSchema(version);
}

function detailsOf(error: unknown): Detail[] {
  if (error instanceof XmlLibError && error.details.length > 0) {
    return error.details.map(({ line, message, xpath }) => ({
      line,
      message: readable(message),
      ...(xpath === undefined ? {} : { xpath }),
    }));
  }
  if (error instanceof XmlError) return [{ line: 0, message: error.message }];
  throw error;
}

/** A message of the library without namespaces, on one line. */
function readable(message: string): string {
  return message.replaceAll(/\{[^}]*\}/g, '').trim();
}
