import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect } from '@jest/globals';
import fc from 'fast-check';
import { LHEO_VERSIONS, type LheoVersion } from '../grammar/shape.ts';
import type { ReadEvent } from './events.ts';
import { describeXsd } from './testing/describe-xsd.ts';
import { brokenDocuments, readAll, readerAccepts, streamAccepts, validDocuments } from './testing/documents.ts';
import { MUTATION_NAMES } from './testing/mutations.ts';
import { schemaFor } from './testing/schemas.ts';
import { itWithShared } from './testing/shared.ts';
import { makeXsd } from './xsd.ts';

const RUNS = Number(process.env.SOFI_FUZZ_RUNS ?? 1000);

describe.each(LHEO_VERSIONS)('the schema of LHÉO %s made from the grammar', (version) => {
  itWithShared('declares the same elements, children, facets and attributes as the official one', (folder) => {
    expect(describeXsd(makeXsd(version))).toEqual(describeXsd(officialXsd(folder, version)));
  });

  itWithShared('accepts every generated valid file, as the official one does', (folder) => {
    const official = schemaFor(version, officialXsd(folder, version));
    const own = schemaFor(version);
    fc.assert(
      fc.property(validDocuments(version), (xml) => {
        expect([official.validate(xml), own.validate(xml)]).toEqual([[], []]);
      }),
      { seed: 3, numRuns: 200 },
    );
  });

  itWithShared(
    'agrees with the official one on every generated broken file, and so does the streaming check',
    (folder) => {
      const official = schemaFor(version, officialXsd(folder, version));
      const own = schemaFor(version);
      const refused = new Map<string, number>();
      fc.assert(
        fc.property(brokenDocuments(version), ({ xml, mutation }) => {
          const verdict = official.validate(xml).length === 0;
          if (!verdict) refused.set(mutation, (refused.get(mutation) ?? 0) + 1);
          expect({ xml, own: own.validate(xml).length === 0 }).toEqual({ xml, own: verdict });
          const events = readAll(xml);
          expect({
            xml,
            streamed: isOf(version, events) && readerAccepts(events) && streamAccepts(events, own),
          }).toEqual({
            xml,
            streamed: verdict,
          });
        }),
        { seed: 20260214, numRuns: RUNS, endOnFailure: true },
      );
      expect([...refused.keys()].sort()).toEqual([...MUTATION_NAMES].sort());
    },
    120_000,
  );
});

function officialXsd(folder: string, version: LheoVersion): string {
  return readFileSync(join(folder, 'xsd', `lheo-${version}.xsd`), 'utf8');
}

function isOf(version: LheoVersion, events: readonly ReadEvent[]): boolean {
  return events.every((event) => !('version' in event) || event.version === version);
}
