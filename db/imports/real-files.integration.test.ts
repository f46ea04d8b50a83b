import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { examplesAreHere, readExamples } from '../../ops/test/examples/example-files.ts';
import { type ImportScene, openImportScene } from '../../ops/test/import-scene.ts';

if (!examplesAreHere) console.warn('SKIPPED: the real LHÉO files are not beside this checkout (SOFI_SHARED)');
const whenHere = examplesAreHere ? it : it.skip;

let scene: ImportScene;
beforeEach(async () => {
  scene = await openImportScene('administrateur');
});
afterEach(() => scene.close());

describe('the real files of the national flow', () => {
  whenHere('are versions of one formation: nothing is refused for being past, elsewhere or old', async () => {
    const outcomes: string[] = [];
    for (const { name, xml } of readExamples()) {
      const { created, changed, lines } = await scene.importing(xml, { source: 'onisep' });
      expect([name, lines.filter(({ kind }) => kind === 'refus')]).toEqual([name, []]);
      outcomes.push(created === 1 ? 'created' : changed === 1 ? 'changed' : 'unchanged');
    }
    const fiches = await scene.db.asWorker((sql) =>
      sql.selectFrom('formation').select(['numero', 'version_n']).orderBy('numero').execute(),
    );
    const versions = outcomes.slice(0, 13).filter((outcome) => outcome !== 'unchanged').length;
    expect(fiches).toEqual([
      { numero: '07_10', version_n: versions },
      { numero: '9436_18706', version_n: 1 },
    ]);
    expect(outcomes.filter((outcome) => outcome === 'created')).toHaveLength(2);
    const sessions = await scene.db.asWorker((sql) =>
      sql.selectFrom('session').select('numero').orderBy('numero').execute(),
    );
    expect(sessions.map(({ numero }) => numero)).toEqual(['114782', '123324', '9436_18706']);
  });
});
