import { describe, expect, it } from '@jest/globals';
import { SofiError } from './errors.ts';
import { loggedError } from './logged-error.ts';

const said = (error: unknown) => JSON.stringify(loggedError(error));

describe('what a log says of an error', () => {
  it('keeps the code, the message and where it came from', () => {
    const error = new SofiError('introuvable', 'Cannot find formation "21_1"');
    expect(loggedError(error)).toMatchObject({ code: 'introuvable', message: 'Cannot find formation "21_1"' });
    expect(loggedError(error).stack).toMatch(/^ +at .*logged-error\.test/);
  });

  it('takes mail addresses and tokens out of messages and of causes', () => {
    const cause = new Error('Authorization: Bearer sofi_abc.def refused');
    const error = new Error('cannot write to <jeanne.martin@exemple.fr>, then "x@y.z"', { cause });
    expect(said(error)).not.toMatch(/jeanne|x@y|sofi_abc/);
    expect(loggedError(error).message).toBe('cannot write to <…@…>, then "…@…"');
    expect(loggedError(error).cause?.message).toBe('Authorization: Bearer … refused');
  });

  it('tells nothing of the values that a database complains of', () => {
    const driver = Object.assign(new Error('invalid input syntax for type uuid: "Jeanne Martin"'), {
      severity: 'ERROR',
      code: '22P02',
      detail: 'Key (nom)=(Jeanne Martin) already exists.',
      parameters: ['Jeanne Martin'],
    });
    const wrapped = Object.assign(
      new Error("insert into people values ('Jeanne Martin') - duplicate", { cause: driver }),
      {
        name: 'UniqueConstraintViolationException',
      },
    );
    expect(said(driver)).not.toContain('Jeanne');
    expect(said(wrapped)).not.toContain('Jeanne');
    expect(loggedError(driver)).toMatchObject({ code: '22P02', message: 'database error 22P02' });
  });

  it('keeps no member of an error but its own', () => {
    expect(said(Object.assign(new Error('x'), { request: { headers: { cookie: 'sofi.login=1' } } }))).not.toContain(
      'cookie',
    );
    expect(loggedError('gone wrong for a@b.c')).toEqual({ type: 'string', message: 'gone wrong for …@…' });
  });

  it('ends on a chain of causes without end', () => {
    const error: Error & { cause?: unknown } = new Error('loop');
    error.cause = error;
    expect(said(error).match(/"loop"/g)).toHaveLength(4);
  });
});
