import { describe, expect, it } from '@jest/globals';
import { codeVersion, elementAt, tableAt } from './field-tables.ts';

describe('which table a field draws from', () => {
  it('names the element that a path ends in, whatever its rank', () => {
    expect(elementAt('/champs/domaine-formation/code-FORMACODE/2')).toBe('code-FORMACODE');
    expect(elementAt('')).toBe('');
  });

  it('knows the tables of codes and leaves other fields alone', () => {
    expect(tableAt('/champs/domaine-formation/code-ROME/0')).toBe('rome');
    expect(tableAt('/champs/intitule-formation')).toBeUndefined();
  });

  it('reads the version of a code from its attribute', () => {
    expect(codeVersion({ '#': '22403', '@': { ref: 'V13' } })).toBe('V13');
    expect(codeVersion('22403')).toBeUndefined();
  });
});
