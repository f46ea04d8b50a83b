import { ELEMENTS, type ElementName } from '../domain/grammar/elements.ts';
import { pathSteps } from '../domain/model/paths.ts';

/** The field that a path ends in, by its LHÉO name, which is French in every language; the last step when it has none. */
export function fieldLabel(path: string): string {
  const steps = pathSteps(path).filter((step) => !/^\d+$/.test(step));
  const known = steps.findLast((step) => Object.hasOwn(ELEMENTS, step));
  return known === undefined ? (steps.at(-1) ?? path) : ELEMENTS[known as ElementName].label;
}
