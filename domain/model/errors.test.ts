import { describe, expect, it } from '@jest/globals';
import { ERRORS, errorCodeOf, errorEntry, isErrorCode, SofiError } from './errors.ts';

const CODES = Object.keys(ERRORS).filter(isErrorCode);

describe('the catalogue of errors', () => {
  it.each(CODES)('says in both languages what %s is and how to mend it', (code) => {
    const { status, title, mend } = errorEntry(code);
    expect(status).toBeGreaterThanOrEqual(400);
    for (const text of [title.fr, title.en, mend.fr, mend.en]) expect(text.length).toBeGreaterThan(8);
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
  });

  it('keeps the status each border relies on', () => {
    const statuses = (
      ['transition-interdite', 'version-perimee', 'cle-manquante', 'cle-reutilisee', 'delta-trop-ancien'] as const
    ).map((code) => errorEntry(code).status);
    expect(statuses).toEqual([409, 412, 428, 422, 410]);
  });

  it('is known by its code, whatever class carries it', () => {
    expect(errorCodeOf(new SofiError('introuvable', 'Cannot find formation "21_114876"'))).toBe('introuvable');
    expect(errorCodeOf(Object.assign(new Error('other realm'), { code: 'deja-decidee' }))).toBe('deja-decidee');
    expect(errorCodeOf(Object.assign(new Error('database'), { code: '23505' }))).toBeUndefined();
    expect(errorCodeOf('introuvable')).toBeUndefined();
  });
});
