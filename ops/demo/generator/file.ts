import { writeLheoHead, writeLheoTail } from '../../../domain/lheo/file-writer.ts';
import { writeFormation } from '../../../domain/lheo/writer.ts';
import { formationAt, type SetOptions } from './formation.ts';

/** Which formations of a set a file holds: from the first, up to the last left out. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** A set, or a part of it, as one LHÉO 2.3 file, a formation at a time, so that memory does not grow with its size. */
export function* lheoFile(
  options: SetOptions,
  { from, to }: Part = { from: 0, to: options.formations },
): Generator<string> {
  yield writeLheoHead();
  for (let index = from; index < to; index += 1) yield `${writeFormation(formationAt(options, index))}\n`;
  yield writeLheoTail();
}
