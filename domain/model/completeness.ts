import type { FormationDocument } from './documents.ts';
import type { Fault } from './faults.ts';

const LETTERS = ['F', 'A', 'S', 'D'] as const;
export type Letter = (typeof LETTERS)[number];

/** How many mandatory things LHÉO and the rules ask of one row of each letter; each missing one takes its share. */
const ASKED: Record<Letter, number> = { F: 8, A: 10, S: 4, D: 2 };

/** The letter of a field's address: the deepest level it names. */
export function letterOf(path: string): Letter {
  if (/\/dispositifs(\/|$)/.test(path)) return 'D';
  if (/\/sessions(\/|$)/.test(path)) return 'S';
  return /\/actions(\/|$)/.test(path) ? 'A' : 'F';
}

function rowsOf({ actions }: FormationDocument): Record<Letter, number> {
  const sessions = actions.flatMap((action) => action.sessions);
  const financed = sessions.filter(({ dispositifs }) => dispositifs.length > 0);
  return { F: 1, A: actions.length, S: sessions.length, D: financed.length };
}

/**
 * How complete each letter is, 0 to 1: nothing entered is 0, no blocking fault is 1; D counts the sessions that have a
 * funding.
 */
export function completenessOf(formation: FormationDocument, faults: readonly Fault[]): Record<Letter, number> {
  const rows = rowsOf(formation);
  const blocking = faults.filter(({ severity }) => severity === 'blocking').map(({ path }) => letterOf(path));
  const share = (letter: Letter) => {
    const asked = ASKED[letter] * Math.max(1, rows[letter]);
    const missing = blocking.filter((found) => found === letter).length;
    return rows[letter] === 0 ? 0 : Math.max(0, Math.round((1 - missing / asked) * 100) / 100);
  };
  const financed = rows.S === 0 ? 0 : rows.D / rows.S;
  return { F: share('F'), A: share('A'), S: share('S'), D: Math.min(share('D'), Math.round(financed * 100) / 100) };
}
