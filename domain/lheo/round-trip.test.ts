import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LHEO_VERSIONS } from '../grammar/shape.ts';
import { arbitraryElements } from './testing/arbitrary.ts';
import { documentOf, readAll, readerAccepts, streamAccepts, validDocuments } from './testing/documents.ts';
import { schemaFor } from './testing/schemas.ts';
import { writeNode } from './writer.ts';

const NAMES = [
  'formation',
  'organisme-formation-responsable',
  'resume-offre',
  'resume-organisme',
  'extras',
  'session',
] as const;

describe.each(LHEO_VERSIONS)('LHÉO %s', (version) => {
  const elements = arbitraryElements(version);

  it.each(NAMES)('gives back each %s as it was written, and writes it again to the same bytes', (name) => {
    const arbitrary = elements[name] ?? fc.constant(undefined);
    fc.assert(
      fc.property(arbitrary, fc.integer({ min: 1, max: 300 }), (json, size) => {
        const [event] = readAll(documentOf(name, json, version), size);
        expect(event).toMatchObject({ kind: 'element', name, faults: [] });
        if (event?.kind !== 'element') return;
        expect(event.json).toEqual(json);
        expect(writeNode(name, event.json, { version })).toBe(writeNode(name, json, { version }));
      }),
      { seed: 20260118, numRuns: 60 },
    );
  });

  it('accepts what it writes, by the reader, by the schema whole and by the schema element by element', () => {
    const schema = schemaFor(version);
    fc.assert(
      fc.property(validDocuments(version), (xml) => {
        const events = readAll(xml);
        expect(schema.validate(xml)).toEqual([]);
        expect(readerAccepts(events)).toBe(true);
        expect(streamAccepts(events, schema)).toBe(true);
      }),
      { seed: 7, numRuns: 60 },
    );
  });
});
