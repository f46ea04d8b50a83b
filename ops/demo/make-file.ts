import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { lheoFile } from './generator/file.ts';
import { regionSet } from './region/set.ts';

/** Writes a LHÉO 2.3 file of about so many megabytes, of the region set: `node ops/demo/make-file.ts --mb N --out F`. */
const BYTES_A_FORMATION = 10_400;

const { values } = parseArgs({
  options: { mb: { type: 'string' }, out: { type: 'string' }, seed: { type: 'string', default: '1' } },
});
const mb = Number(values.mb);
if (!(mb > 0) || values.out === undefined) {
  process.stderr.write('usage : node ops/demo/make-file.ts --mb N --out FICHIER [--seed N]\n');
  process.exit(2);
}
const formations = Math.max(1, Math.round((mb * 1_000_000) / BYTES_A_FORMATION));
const set = await regionSet(1, Number(values.seed), Date.now());
await pipeline(Readable.from(lheoFile({ ...set, formations })), createWriteStream(values.out));
