import { writeLheoHead, writeLheoTail } from '../../../domain/lheo/file-writer.ts';
import { writeFormation } from '../../../domain/lheo/writer.ts';
import { formationAt, type SetOptions } from './formation.ts';

/** A set as one LHÉO 2.3 file, a formation at a time, so that memory does not grow with its size. */
export function* lheoFile(options: SetOptions): Generator<string> {
  yield writeLheoHead();
  for (let index = 0; index < options.formations; index += 1) yield `${writeFormation(formationAt(options, index))}\n`;
  yield writeLheoTail();
}
