import type { Lang } from '../../../domain/model/words.ts';
import { pathLabel } from '../../shared/words/path-label.ts';

const ROWS = new Set(['actions', 'sessions', 'dispositifs', 'sites']);

/** A lane's field in words: it holds of every row, so its path names none. */
export function laneFieldLabel(champ: string, lang: Lang): string {
  const steps = champ.split('/').filter((step) => step !== '');
  const path = steps.flatMap((step, at) => (ROWS.has(step) && at < steps.length - 1 ? [step, '*'] : [step]));
  return pathLabel(`/${path.join('/')}`, {}, lang) || champ;
}
