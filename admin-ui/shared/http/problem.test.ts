import { describe, expect, it } from '@jest/globals';
import { asProblem, fieldErrors, noticeOf, problemOf } from './problem.ts';

const answer = {
  type: 'urn:sofi:probleme:corps-invalide',
  code: 'corps-invalide',
  title: 'Le contenu envoyé n’a pas la forme attendue',
  status: 400,
  mend: 'Corrigez les champs indiqués.',
  errors: [
    { pointer: '/champs/0/path', code: 'invalide', message: 'Cette valeur n’est pas valable', mend: 'Corrigez-la' },
  ],
};

describe('a refusal of the API', () => {
  it('is known as one wherever it is caught, with its code', () => {
    expect(asProblem(problemOf(400, answer, ''))?.code).toBe('corps-invalide');
    expect(asProblem(new Error('other'))).toBeUndefined();
  });

  it('says what could not be done and how to mend it', () => {
    expect(noticeOf(answer)).toBe('Le contenu envoyé n’a pas la forme attendue – Corrigez les champs indiqués.');
  });

  it('gives each field its error', () => {
    expect(fieldErrors(answer)).toEqual({ 'champs.0.path': 'Cette valeur n’est pas valable – Corrigez-la' });
  });

  it('keeps the status of an answer that is no problem document', () => {
    expect(problemOf(502, '<html>', 'Bad Gateway')).toMatchObject({ status: 502, code: 'inattendu' });
  });
});
