import fc from 'fast-check';
import type { LheoVersion } from '../../grammar/shape.ts';
import { NAMESPACES } from '../../grammar/shape.ts';
import type { ElementName } from '../../grammar/types.ts';
import type { ElementEvent, ReadEvent } from '../events.ts';
import { LheoReader } from '../reader.ts';
import type { LheoSchema } from '../schema.ts';
import { writeNode } from '../writer.ts';
import { arbitraryElements } from './arbitrary.ts';
import { MUTATION_NAMES, type MutationName, mutate } from './mutations.ts';
import { parseTree, printTree } from './tree.ts';

const ROOTS = [
  'lheo',
  'lheo',
  'lheo',
  'lheo-plus',
  'lheo-index',
  'formation',
  'session',
  'extras',
  'ligne',
] as const satisfies readonly ElementName[];

/** Valid documents of a version, of every kind of root. */
export function validDocuments(version: LheoVersion): fc.Arbitrary<string> {
  const elements = arbitraryElements(version);
  const roots = ROOTS.map((name) => (elements[name] ?? fc.constant('')).map((json) => documentOf(name, json, version)));
  return fc.oneof(...roots);
}

/** A document with that element as its root. */
export function documentOf(name: string, json: unknown, version: LheoVersion): string {
  return writeNode(name, json, { version }).replace(/^<[^\s/>]+/, (tag) => `${tag} xmlns="${NAMESPACES[version]}"`);
}

export interface Broken {
  readonly mutation: MutationName;
  readonly xml: string;
}

/** Documents changed in one place; most are no longer valid. */
export function brokenDocuments(version: LheoVersion): fc.Arbitrary<Broken> {
  const picks = fc.infiniteStream(fc.noBias(fc.nat()));
  return fc
    .tuple(validDocuments(version), fc.constantFrom(...MUTATION_NAMES), picks)
    .map(([xml, mutation, numbers]) => {
      const root = parseTree(xml);
      mutate(root, mutation, version, (bound) => (numbers.next().value as number) % bound);
      return { mutation, xml: printTree(root) };
    });
}

/** Everything a reader says of a document given in pieces of `size` characters. */
export function readAll(xml: string, size = 997): ReadEvent[] {
  const reader = new LheoReader({ source: true });
  const events: ReadEvent[] = [];
  for (let at = 0; at < xml.length; at += size) events.push(...reader.write(xml.slice(at, at + size)));
  return [...events, ...reader.end()];
}

/** What the reader alone thinks of a document. */
export function readerAccepts(events: readonly ReadEvent[]): boolean {
  return events.every((event) => event.kind !== 'fault' && (event.kind !== 'element' || event.faults.length === 0));
}

/** What the schema thinks of a document streamed element by element; containers are the reader's to judge. */
export function streamAccepts(events: readonly ReadEvent[], schema: LheoSchema): boolean {
  const elements = events.filter((event): event is ElementEvent => event.kind === 'element');
  return (
    events.every((event) => event.kind !== 'fault') &&
    elements.every((event) => schema.validateElement(event).length === 0)
  );
}
