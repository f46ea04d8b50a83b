import { SaxesParser, type SaxesTagNS } from 'saxes';
import { grammarOf } from '../grammar/compiled.ts';
import { LHEO_VERSIONS, NAMESPACES } from '../grammar/shape.ts';
import { Assembly } from './assembly.ts';
import type { ReadEvent } from './events.ts';
import type { XmlFaultCode } from './faults.ts';
import { SourceWindow } from './source-window.ts';

const MAX_DEPTH = 100;
const MAX_ATTRIBUTS = 1000;
/** Characters of one streamed element, or of one token outside them, past which a file is refused. */
const MAX_CHARACTERS = 32 * 1024 * 1024;
const SLICE = 64 * 1024;

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
  readonly #open: string[] = [];
  #assembly: Assembly | undefined;
  #events: ReadEvent[] = [];
  #attributs = 0;
  /** Where the tag being read begins, outside any streamed element. */
  #tagStart: number | undefined;
  #fed = 0;
  /** Characters fed when the parser last gave something. */
  #progress = 0;
  #blank = true;
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
    this.#blank &&= !/\S/.test(slice);
    this.#fed += slice.length;
    this.#window?.push(slice);
    this.#run(() => {
      this.#parser.write(slice);
      const since = this.#assembly?.unitStart ?? this.#progress;
      if (this.#fed - since > MAX_CHARACTERS)
        this.#stop('trop-long', `un élément dépasse ${MAX_CHARACTERS} caractères`);
    });
    this.#window?.keepFrom(this.#assembly?.unitStart ?? this.#tagStart ?? this.#fed - SLICE);
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
    parser.on('opentagstart', (tag) => {
      this.#attributs = 0;
      if (this.#assembly?.unitStart === undefined)
        this.#tagStart = this.#window?.startOf(tag.name, parser.position) ?? parser.position;
      if (this.#open.length >= MAX_DEPTH) this.#stop('trop-profond', `plus de ${MAX_DEPTH} éléments l'un dans l'autre`);
    });
    parser.on('attribute', () => {
      this.#attributs += 1;
      if (this.#attributs > MAX_ATTRIBUTS)
        this.#stop('trop-d-attributs', `plus de ${MAX_ATTRIBUTS} attributs sur un élément`);
    });
    parser.on('opentag', (tag) => {
      this.#progress = this.#fed;
      const assembly = this.#assembly ?? this.#start(tag);
      this.#open.push(tag.name);
      assembly.open(tag, parser.line, this.#tagStart ?? 0);
      this.#tagStart = undefined;
    });
    const text = (piece: string): void => {
      this.#progress = this.#fed;
      this.#assembly?.text(piece, parser.line);
    };
    parser.on('text', text);
    parser.on('cdata', text);
    parser.on('comment', () => {
      this.#progress = this.#fed;
    });
    parser.on('closetag', () => {
      this.#assembly?.close(parser.line, parser.position);
      this.#open.pop();
    });
  }

  /** The root's namespace says the version. */
  #start(tag: SaxesTagNS): Assembly {
    const version = LHEO_VERSIONS.find((candidate) => NAMESPACES[candidate] === tag.uri);
    if (version === undefined) {
      return this.#stop('version-inconnue', `l'espace de noms « ${tag.uri} » n'est ni LHÉO 2.2 ni LHÉO 2.3`);
    }
    if (!grammarOf(version).has(tag.local)) {
      return this.#stop('racine-inconnue', `LHÉO ${version} n'a pas d'élément <${tag.local}>`);
    }
    const assembly = new Assembly(version, (event) => void this.#events.push(event), this.#window);
    this.#assembly = assembly;
    return assembly;
  }

  #stop(code: XmlFaultCode, message: string): never {
    this.#stopped = true;
    const fault = { code, line: this.#parser.line, path: this.#assembly?.path ?? '', message };
    this.#events.push({ kind: 'fault', fatal: true, fault });
    throw new Stop(code);
  }

  #stopIllFormed(error: Error): never {
    const reason = error.message.replace(/^(?:[^:]*:)?\d+:\d+: /, '');
    if (this.#blank) return this.#stop('mal-forme', 'le fichier est vide');
    const open = this.#open.at(-1);
    if (open !== undefined && /^unclosed tag|^unexpected end/i.test(reason)) {
      return this.#stop('mal-forme', `le fichier s'arrête avant la fin de <${open}>`);
    }
    if (this.#assembly === undefined) return this.#stop('mal-forme', `ce n'est pas du XML (${reason})`);
    return this.#stop('mal-forme', `XML mal formé : ${reason}`);
  }
}
