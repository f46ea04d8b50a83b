import { describe, expect, it } from '@jest/globals';
import { SchemaThread } from './schema-thread.ts';
import { aFile, aFormation } from './testing/samples.ts';

describe('the schema in a thread of its own', () => {
  it('judges whole files of both versions, and ill-formed ones, at once', async () => {
    const thread = new SchemaThread();
    const good = Buffer.from(aFile([aFormation()], '2.2'));
    const bad = Buffer.from(aFile([aFormation()]).replace('<certifiante>0', '<certifiante>5'));
    const [valid, refused, cut] = await Promise.all([
      thread.validate('2.2', good),
      thread.validate('2.3', bad),
      thread.validate('2.2', good.subarray(0, 200)),
    ]);
    await thread.close();
    expect(valid).toEqual([]);
    expect(refused).toEqual(
      [expect.objectContaining({ line: 4 }), expect.objectContaining({ line: 4 })].slice(0, refused?.length),
    );
    expect(refused?.length).toBeGreaterThan(0);
    expect(cut?.length).toBeGreaterThan(0);
  });
});
