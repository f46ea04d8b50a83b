import type { LheoElement } from '../../grammar/types.ts';
import { convertFormation } from '../convert.ts';
import { writeFormation } from '../writer.ts';

/** A published formation's text in LHÉO 2.2; null when the text of 2.3 is valid there as it stands. */
export function writeFormation22(formation: LheoElement<'formation'>): string | null {
  const { json, changes } = convertFormation(formation, '2.3', '2.2');
  return changes.length === 0 ? null : writeFormation(json, { version: '2.2' });
}
