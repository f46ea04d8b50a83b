import { isRecord } from '../../../domain/model/json.ts';

/** The text of a field as it is typed: of a text with attributes its text, of what is no text nothing. */
export function leafText(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  return isRecord(value) ? leafText(value['#']) : '';
}
