import { promisify } from 'node:util';
import { gunzip, gzipSync } from 'node:zlib';
import { bytesOf, deltaBetween } from '../../db/publication/members.ts';
import type { Read } from '../../db/publication/pieces.ts';
import { deltaFoot, fullHead } from '../../domain/lheo/fiche/out-bytes.ts';
import type { MadePiece } from './making.ts';

const PAGE = 200;
const inflate = promisify(gunzip);

/** The changed formations between two releases as one LHÉO 2.3 file, tombstones in the root's extras. */
export async function* deltaXml(
  read: Read,
  { name, from, to }: { readonly name: string; readonly from: number; readonly to: number },
): AsyncGenerator<MadePiece> {
  const delta = await read((tx) => deltaBetween(tx, from, to));
  const text = (part: string): MadePiece => ({ name, bytes: Buffer.from(part), gzip: gzipSync(part) });
  yield text(fullHead('2.3'));
  const numeros = delta.changed.map(({ numero }) => numero);
  for (let i = 0; i < numeros.length; i += PAGE) {
    const members = await read((tx) => bytesOf(tx, to, numeros.slice(i, i + PAGE)));
    const gzip = Buffer.concat(members);
    yield { name, bytes: await inflate(gzip), gzip };
  }
  yield text(deltaFoot(delta.deleted));
}
