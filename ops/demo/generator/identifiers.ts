import type { Dice } from './random.ts';

/** Completes `body` with the Luhn digit, as SIREN and SIRET end (INSEE). */
export function withLuhn(body: string): string {
  const sum = Array.from(body)
    .reverse()
    .reduce((total, digit, index) => {
      const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
      return total + (value > 9 ? value - 9 : value);
    }, 0);
  return `${body}${(10 - (sum % 10)) % 10}`;
}

/** A SIREN (9 digits) unique for `index`, in a range that no real company has (it begins with 0). */
export function sirenOf(index: number): string {
  return withLuhn(`0${String(index).padStart(7, '0')}`);
}

/** A SIRET of that company: SIREN, establishment number, key. */
export function siretOf(siren: string, establishment: number): string {
  return withLuhn(`${siren}${String(establishment).padStart(4, '0')}`);
}

/** An NDA of Pays de la Loire: region 52, département, five digits, as the DREETS gives them (11 characters). */
export function ndaOf(departement: string, index: number, dice: Dice): string {
  return `52${departement}${String(index).padStart(6, '0')}${dice.int(0, 9)}`.slice(0, 11);
}

/** A day, counted from the epoch, as LHÉO writes it: AAAAMMJJ. */
export function lheoDate(days: number): string {
  return new Date(days * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
}
