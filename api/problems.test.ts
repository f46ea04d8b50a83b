import { describe, expect, it } from '@jest/globals';
import createError from 'http-errors';
import { z } from 'zod';
import { problem, texte } from '../domain/contract/common.ts';
import { ERRORS, type ErrorCode, SofiError } from '../domain/model/errors.ts';
import { describeIssue, issuesOf } from './issues.ts';
import { problemOf, toRefusal } from './problems.ts';

const CODES = Object.keys(ERRORS) as ErrorCode[];

describe('a problem', () => {
  it.each(CODES)('%s has a title and a mend in both languages', (code) => {
    for (const langue of ['fr', 'en'] as const) {
      const made = problemOf(code, {}, langue, 'r1');
      expect(problem.safeParse(made).success).toBe(true);
      expect(made).toMatchObject({ code, status: ERRORS[code].status, requestId: 'r1' });
      expect(made.title.length * (made.mend?.length ?? 0)).toBeGreaterThan(0);
    }
  });

  it('carries what the refusal tells, never in place of its own members', () => {
    const made = problemOf('version-perimee', { version: 3, status: 200, title: 'tout va bien' }, 'en');
    expect(made).toMatchObject({ version: 3, status: 412, title: ERRORS['version-perimee'].title.en });
  });
});

describe('an error of another hand', () => {
  it.each([
    ['a body that is too big', createError(413, 'x', { type: 'entity.too.large' }), 'trop-gros'],
    ['no JSON', createError(400, 'x', { type: 'entity.parse.failed' }), 'json-invalide'],
    ['an unknown charset', createError(415, 'x', { type: 'charset.unsupported' }), 'encodage-inconnu'],
    ['a bad address', new URIError('malformed'), 'parametre-invalide'],
    ['a missing proof of origin', Object.assign(new Error('x'), { code: 'EBADCSRFTOKEN' }), 'csrf'],
    ['a database that is away', Object.assign(new Error('x'), { code: 'ECONNREFUSED' }), 'base-absente'],
    ['a disk without room', Object.assign(new Error('x'), { code: 'ENOSPC' }), 'disque-plein'],
    ['a database without room', Object.assign(new Error('x'), { code: '53100' }), 'disque-plein'],
    ['anything else', new TypeError('x of undefined'), 'interne'],
    ['no error at all', 'x', 'interne'],
  ])('%s becomes a code of the catalogue', (_, error, code) => {
    expect(toRefusal(error)).toEqual({ code, details: {} });
  });

  it('is recognised by its code, whatever its class', () => {
    expect(toRefusal({ code: 'deja-decidee' }).code).toBe('deja-decidee');
    expect(toRefusal(new SofiError('interdit', 'x', { acte: 'decide' })).details).toEqual({ acte: 'decide' });
  });
});

describe('a bad field', () => {
  const schema = z.strictObject({
    nom: texte(5),
    rang: z.int().min(1),
    choix: z.enum(['a', 'b']),
    jour: z.iso.date(),
    liste: z.array(z.strictObject({ 'a/b': z.string() })),
  });
  const issues = (value: unknown) => {
    const parsed = schema.safeParse(value, { reportInput: true });
    return parsed.success ? [] : issuesOf(parsed.error).map(({ pointer, code }) => `${pointer} ${code}`);
  };

  it('is named by its pointer and what is wrong with it', () => {
    const value = { nom: 'trop long', rang: 0, choix: 'c', jour: '2026-13-01', liste: [{ 'a/b': 1 }, {}], autre: 1 };
    expect(issues(value).sort()).toEqual([
      '/autre champ-inconnu',
      '/choix choix',
      '/jour format',
      '/liste/0/a~1b type',
      '/liste/1/a~1b absent',
      '/nom trop-grand',
      '/rang trop-petit',
    ]);
    expect(issues({ nom: 'a\u0000', rang: 1, choix: 'a', jour: '2026-11-24', liste: [] })).toEqual([
      '/nom caractere-interdit',
    ]);
  });

  it('says in both languages how to mend it', () => {
    const issue = { pointer: '/choix', code: 'choix', values: { choices: 'a, b' } };
    expect(describeIssue(issue, 'fr')).toEqual({
      pointer: '/choix',
      code: 'choix',
      message: 'Cette valeur n’est pas dans la liste',
      mend: 'Choisissez parmi : a, b',
    });
    expect(describeIssue(issue, 'en').mend).toBe('Choose among: a, b');
    expect(describeIssue({ pointer: '/x', code: 'jamais-vu' }, 'en').message).not.toBe('');
  });
});
