import type { LheoElement } from '../../../domain/grammar/types.ts';
import { writeLheoHead, writeLheoTail } from '../../../domain/lheo/file-writer.ts';
import { writeFormation } from '../../../domain/lheo/writer.ts';
import { formationAt, type SetOptions } from './formation.ts';

/** Which formations of a set a file holds: from the first, up to the last left out. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

type Formation = LheoElement<'formation'>;

/** The formations of a set, or of a part of it, one after the other. */
export function* formationsOf(
  options: SetOptions,
  { from, to }: Part = { from: 0, to: options.formations },
): Generator<Formation> {
  for (let index = from; index < to; index += 1) yield formationAt(options, index);
}

/** Formations as one LHÉO 2.3 file, one at a time, so that memory does not grow with its size. */
export function* fileOf(formations: Iterable<Formation>): Generator<string> {
  yield writeLheoHead();
  for (const formation of formations) yield `${writeFormation(formation)}\n`;
  yield writeLheoTail();
}

/** A set, or a part of it, as one file. */
export const lheoFile = (options: SetOptions, part?: Part): Generator<string> => fileOf(formationsOf(options, part));
