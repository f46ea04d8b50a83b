import { pathLabel } from '../../../domain/model/path-label.ts';
import type { Lang } from '../../../domain/model/words.ts';

const ROWS = new Set(['actions', 'sessions', 'dispositifs', 'sites']);

/** A lane's field in words: it holds of every row, so its path names none. */
export function laneFieldLabel(champ: string, lang: Lang): string {
  const steps = champ.split('/').filter((step) => step !== '');
  const path = steps.flatMap((step) => (ROWS.has(step) ? [step, '*'] : [step]));
  return pathLabel(`/${path.join('/')}`, {}, lang) || champ;
}
