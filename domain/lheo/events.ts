import type { ElementName, LheoAttributs, LheoVersion } from '../grammar/types.ts';
import type { LheoFault } from './faults.ts';

/** A containing element (root, `offres`…) opens: its children come as events of their own. The first is the root. */
export interface OpenEvent {
  readonly kind: 'open';
  readonly name: ElementName;
  readonly version: LheoVersion;
  readonly attributs: LheoAttributs;
  readonly line: number;
  readonly path: string;
}

/** One child of a container, whole: `formation`, `organisme-formation-responsable`, `resume-offre`, `extras`… */
export interface ElementEvent {
  readonly kind: 'element';
  readonly name: ElementName;
  readonly version: LheoVersion;
  /** The element's JSON; what the grammar does not know is left out of it and is among `faults`. */
  readonly json: unknown;
  /** Path in the file; those of `faults` are relative to it. */
  readonly path: string;
  readonly line: number;
  readonly endLine: number;
  /** What the format refuses in it; empty for a valid element. */
  readonly faults: readonly LheoFault[];
  /** The line of a path relative to the element, or of its nearest ancestor. */
  readonly lineOf: (path: string) => number;
  /** Path and line of an XPath relative to the element. */
  readonly placeOf: (xpath: string) => { readonly path: string; readonly line: number };
  /** With option `source`: the element as it stood in the file, and the namespaces in scope there. */
  readonly source?: { readonly xml: string; readonly namespaces: Readonly<Record<string, string>> };
}

export interface CloseEvent {
  readonly kind: 'close';
  readonly name: ElementName;
  readonly line: number;
}

/** A fault outside any streamed element; after a fatal one nothing more is read. */
export interface FaultEvent {
  readonly kind: 'fault';
  readonly fault: LheoFault;
  readonly fatal: boolean;
}

export type ReadEvent = OpenEvent | ElementEvent | CloseEvent | FaultEvent;
