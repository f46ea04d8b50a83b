import Sequencer from '@jest/test-sequencer';

/** These files wait more than they work, the longest first: begun at once, they wait beside the others' work. */
const LONG = [
  'ops/drill/strikes',
  'workflows/file-import',
  'workflows/publication',
  'api/bad-sockets',
  'ops/drill/disk',
  'ops/drill/slow',
  'ops/drill/recovery',
  'ops/test/examples/whole-path',
  'ops/drill/clocks',
  'api/releases',
  'workers/faults',
  'api/bad-input',
];

const rank = ({ path }) => {
  const found = LONG.findIndex((piece) => path.includes(`/${piece}.`));
  return found < 0 ? LONG.length : found;
};

/** The order of the files of a run: the same on a fresh clone as on a machine that ran them before. */
export default class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((a, b) => rank(a) - rank(b));
  }
}
