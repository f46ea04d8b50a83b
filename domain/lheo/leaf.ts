import type { ElementRule } from '../grammar/compiled.ts';
import type { AttributType } from '../grammar/shape.ts';
import type { SchemaFaultCode } from './faults.ts';

export interface LeafFault {
  readonly code: SchemaFaultCode;
  readonly message: string;
}

const DATE = /^\d{4}[019]\d[01239]\d$/;
const INTEGER = /^[+-]?\d+$/;
const LONG_MAX = 2n ** 63n - 1n;
const NC_NAME = /^[\p{L}_][\p{L}\p{M}\p{N}_.·-]*$/u;
const DATE_TIME =
  /^-?(\d{4,})-(\d\d)-(\d\d)T(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?$/;
const BAD_ESCAPE = /%(?![0-9A-Fa-f]{2})/;

/** What the schema refuses in the text of a leaf; lengths are in characters, codes and numbers ignore outer spaces. */
export function leafFault(rule: ElementRule, text: string): LeafFault | undefined {
  switch (rule.kind) {
    case 'text':
      return lengthFault(rule, text);
    case 'key':
      return rule.codes.has(collapse(text))
        ? undefined
        : { code: 'code-inconnu', message: `« ${quote(text)} » n'est pas un code de ${rule.name}` };
    case 'int':
      return isLong(collapse(text))
        ? undefined
        : { code: 'entier-incorrect', message: `« ${quote(text)} » n'est pas un nombre entier` };
    case 'date':
      return DATE.test(collapse(text))
        ? undefined
        : { code: 'date-incorrecte', message: `« ${quote(text)} » n'est pas une date AAAAMMJJ` };
    default:
      return undefined;
  }
}

/** What the schema refuses in the value of an attribute. */
export function attributFault(name: string, type: AttributType, value: string): LeafFault | undefined {
  const text = collapse(value);
  const good = {
    string: () => true,
    id: () => NC_NAME.test(text),
    idref: () => NC_NAME.test(text),
    dateTime: () => isDateTime(text),
    uri: () => !BAD_ESCAPE.test(text),
  } satisfies Record<AttributType, () => boolean>;
  return good[type]()
    ? undefined
    : { code: 'attribut-incorrect', message: `« ${quote(value)} » ne convient pas à l'attribut ${name}` };
}

/** Outer white space removed and inner runs made one space, as XML Schema reads tokens. */
export function collapse(text: string): string {
  return /^\S*$/.test(text) ? text : text.replace(/[ \t\n\r]+/g, ' ').replace(/^ | $/g, '');
}

function lengthFault(rule: ElementRule, text: string): LeafFault | undefined {
  if (text.length < rule.min) return tooShort(rule, text.length);
  if (text.length <= rule.max && text.length >= 2 * rule.min) return undefined;
  const length = countCharacters(text);
  if (length < rule.min) return tooShort(rule, length);
  if (length <= rule.max) return undefined;
  return { code: 'trop-de-caracteres', message: `${rule.name} a ${length} caractères, ${rule.max} au plus` };
}

function tooShort(rule: ElementRule, length: number): LeafFault {
  const message = length === 0 ? `${rule.name} est vide` : `${rule.name} a ${length} caractères, ${rule.min} au moins`;
  return { code: 'trop-court', message };
}

/** Characters, a pair of surrogates being one. */
function countCharacters(text: string): number {
  let pairs = 0;
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit >= 0xd800 && unit <= 0xdbff) pairs += 1;
  }
  return text.length - pairs;
}

function isDateTime(text: string): boolean {
  const [, year = '', month = '', day = ''] = DATE_TIME.exec(text) ?? [];
  const daysInMonth = new Date(Date.UTC(2000 + (Number(year) % 400), Number(month), 0)).getUTCDate();
  return Number(month) >= 1 && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= daysInMonth;
}

function isLong(text: string): boolean {
  if (!INTEGER.test(text)) return false;
  if (text.length < 18) return true;
  const value = BigInt(text.replace('+', ''));
  return value <= LONG_MAX && value >= -LONG_MAX - 1n;
}

function quote(text: string): string {
  return text.length <= 40 ? text : `${text.slice(0, 40)}…`;
}
