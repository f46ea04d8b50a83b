import { SaxesParser, type SaxesTagNS } from 'saxes';
import { type LheoVersion, NAMESPACES } from '../../domain/grammar/shape.ts';
import { decodeXml } from '../../domain/lheo/decode.ts';
import { EncodageError } from '../../domain/lheo/faults.ts';
import { type ErrorCode, SofiError } from '../../domain/model/errors.ts';

/** What a whole, well-formed file turned out to be. */
export interface FileFacts {
  readonly version: LheoVersion;
  readonly formations: number;
}

const MAX_DEPTH = 100;
const MAX_ATTRIBUTS = 1_000;
/** Characters of one token past which a file is refused: they are held in memory. */
const MAX_TOKEN = 8 * 1024 * 1024;
const SLICE = 64 * 1024;
const ROOTS: ReadonlySet<string> = new Set(['lheo', 'lheo-plus', 'offres', 'formation']);

/**
 * Reads a file through for encoding, well-formedness and entities, without a schema: twice as fast as reading what it
 * says. Throws the refusal of the first fault, with its line.
 */
export async function readThrough(bytes: AsyncIterable<Uint8Array>): Promise<FileFacts> {
  const pass = new Pass();
  try {
    for await (const text of decodeXml(bytes)) pass.write(text);
  } catch (error) {
    throw error instanceof EncodageError ? new SofiError('encodage', undefined, { detail: error.message }) : error;
  }
  return pass.end();
}

class Pass {
  readonly #parser = new SaxesParser({ xmlns: true, defaultXMLVersion: '1.0', forceXMLVersion: true });
  #version: LheoVersion | undefined;
  #formations = 0;
  #depth = 0;
  #attributs = 0;
  #tokens = 0;
  #sinceToken = 0;
  #seen = false;
  #ending = false;

  constructor() {
    const parser = this.#parser;
    const token = () => {
      this.#tokens += 1;
    };
    parser.on('error', (error) => this.#illFormed(error));
    parser.on('doctype', () => this.#refuse('entites-interdites'));
    parser.on('opentagstart', () => {
      this.#attributs = 0;
      token();
    });
    parser.on('attribute', () => {
      this.#attributs += 1;
      if (this.#attributs > MAX_ATTRIBUTS) this.#refuse('xml-mal-forme', `plus de ${MAX_ATTRIBUTS} attributs`);
    });
    parser.on('opentag', (tag) => this.#open(tag));
    parser.on('closetag', () => {
      this.#depth -= 1;
      token();
    });
    for (const name of ['text', 'cdata', 'comment', 'processinginstruction'] as const) parser.on(name, token);
  }

  write(text: string): void {
    for (let at = 0; at < text.length; at += SLICE) {
      const slice = text.slice(at, at + SLICE);
      const before = this.#tokens;
      this.#seen ||= /\S/.test(slice);
      this.#parser.write(slice);
      this.#sinceToken = this.#tokens === before ? this.#sinceToken + slice.length : 0;
      if (this.#sinceToken > MAX_TOKEN) this.#refuse('xml-mal-forme', `plus de ${MAX_TOKEN} caractères d'un trait`);
    }
  }

  end(): FileFacts {
    this.#ending = true;
    if (!this.#seen) this.#refuse('fichier-vide');
    this.#parser.close();
    if (this.#version === undefined || this.#formations === 0) return this.#refuse('fichier-vide');
    return { version: this.#version, formations: this.#formations };
  }

  #open({ local, uri }: SaxesTagNS): void {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) this.#refuse('xml-mal-forme', `plus de ${MAX_DEPTH} éléments l'un dans l'autre`);
    if (this.#version === undefined) this.#openRoot(local, uri);
    if (local === 'formation' && this.#depth <= 4) this.#formations += 1;
  }

  #openRoot(name: string, uri: string): void {
    const versions = Object.keys(NAMESPACES) as LheoVersion[];
    this.#version = versions.find((version) => NAMESPACES[version] === uri);
    if (this.#version === undefined || !ROOTS.has(name)) this.#refuse('format-inconnu', `<${name}> de « ${uri} »`);
  }

  #illFormed(error: Error): never {
    const reason = error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
    if (this.#version === undefined) return this.#refuse('format-inconnu', reason);
    const cut = this.#ending && /^unclosed|^unexpected end/i.test(reason);
    return this.#refuse(cut ? 'fichier-tronque' : 'xml-mal-forme', reason);
  }

  #refuse(code: ErrorCode, detail?: string): never {
    const { line } = this.#parser;
    throw new SofiError(code, undefined, detail === undefined ? { line } : { line, detail });
  }
}
