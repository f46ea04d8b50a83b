import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { LHEO_VERSIONS } from '../grammar/shape.ts';
import { brokenDocuments, readAll, readerAccepts } from './testing/documents.ts';
import { schemaFor } from './testing/schemas.ts';

describe.each(LHEO_VERSIONS)('the reader of LHÉO %s', (version) => {
  it('finds fault with exactly the files that the schema made from the grammar refuses', () => {
    const schema = schemaFor(version);
    let refused = 0;
    fc.assert(
      fc.property(brokenDocuments(version), ({ xml, mutation }) => {
        const events = readAll(xml);
        // The schema also judges LHÉO elements put inside an `extra`, whose content the reader takes as it is.
        fc.pre(mutation !== 'strayChild');
        fc.pre(events.every((event) => !('version' in event) || event.version === version));
        const verdict = schema.validate(xml).length === 0;
        if (!verdict) refused += 1;
        expect({ xml, accepted: readerAccepts(events) }).toEqual({ xml, accepted: verdict });
      }),
      { seed: 20261124, numRuns: 800, endOnFailure: true },
    );
    expect(refused).toBeGreaterThan(400);
  });
});
