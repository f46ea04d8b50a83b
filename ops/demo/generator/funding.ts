import type { LheoElement } from '../../../domain/grammar/types.ts';
import { lheoDate } from './identifiers.ts';
import type { Dice } from './random.ts';

/** One funder of an action and of its sessions. */
export interface Funder {
  readonly code: string;
  readonly places: number;
  readonly publics: readonly string[];
}

/** Funders that go together, by their number: 16 (OPCO) never stands beside 0, 5 or 10. */
const TOGETHER: Readonly<Record<number, readonly (readonly string[])[]>> = {
  1: [['2'], ['4'], ['16'], ['10'], ['17']],
  2: [
    ['2', '4'],
    ['16', '17'],
    ['5', '10'],
    ['4', '7'],
    ['2', '17'],
    ['16', '4'],
    ['10', '7'],
  ],
  3: [
    ['2', '4', '17'],
    ['5', '10', '7'],
    ['16', '17', '4'],
    ['2', '7', '4'],
  ],
};

/** So many funders of an action, each for one of its publics. */
export function fundersOf(count: number, publics: readonly string[], dice: Dice): Funder[] {
  const codes = dice.pick(TOGETHER[count] ?? [['2']]);
  return codes.map((code) => ({ code, places: dice.int(4, 16), publics: [dice.pick(publics)] }));
}

/** The exact list of the dispositifs of a session that ends on a day, in the extras by which a SOFI gives it to the next (design §3). */
export function dispositifsOf(funders: readonly Funder[], end: number, dice: Dice): LheoElement<'extras'> {
  const extra = (info: string, texte: string, attributs: Readonly<Record<string, string>> = {}) => ({
    extra: { '#': texte, '@': { ...attributs, info } },
  });
  const contenu = funders.map(({ code, places, publics }) => ({
    extras: {
      '@': { info: 'dispositif', numero: dice.uuid() },
      contenu: [
        extra('code-financeur', code),
        ...publics.map((one) => extra('code-public-vise', one, { ref: 'V14' })),
        ...(dice.chance(0.5) ? [extra('fin-validite', lheoDate(end))] : []),
        extra('nb-places', String(places)),
        extra('origine', 'session'),
      ],
    },
  }));
  return { '@': { info: 'dispositifs-session' }, contenu };
}
