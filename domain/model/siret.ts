/** SIREN of La Poste: its establishments' SIRETs do not follow Luhn but have a sum of digits that five divides. */
const LA_POSTE = '356000000';

function luhnSum(digits: string): number {
  return Array.from(digits)
    .reverse()
    .reduce((sum, digit, index) => {
      const doubled = Number(digit) * (index % 2 === 0 ? 1 : 2);
      return sum + (doubled > 9 ? doubled - 9 : doubled);
    }, 0);
}

/** True for fourteen digits with a right key (Luhn; La Poste's exception), zeros apart. */
export function isSiret(text: string): boolean {
  if (!/^\d{14}$/.test(text) || /^0+$/.test(text)) return false;
  if (text.startsWith(LA_POSTE) && luhnSum(text) % 10 !== 0) {
    return Array.from(text).reduce((sum, digit) => sum + Number(digit), 0) % 5 === 0;
  }
  return luhnSum(text) % 10 === 0;
}

/** The nine digits of the company in a SIRET; undefined when the text does not begin with nine digits. */
export function sirenOf(siret: string): string | undefined {
  return /^(?!0{9})\d{9}/.exec(siret.replaceAll(' ', ''))?.[0];
}
