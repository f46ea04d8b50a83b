import { describe, expect, it } from '@jest/globals';
import { RIGHT_ACTS, RIGHT_SUBJECTS, type RightAct, type RightSubject, roleMay } from '../domain/model/rights.ts';
import { ROLES, type Role } from '../domain/model/vocabulary.ts';
import { abilityOf, requireRight, requireViewer } from './rights.ts';

const aViewer = (role: Role) => ({ userId: 'x', role, organismes: [] });

/** Interface.md §3, act by act: who may, in the order of ROLES. */
const MATRIX: readonly [RightAct, RightSubject, readonly Role[]][] = [
  ['read', 'me', ROLES],
  ['read', 'offre', ROLES],
  ['read', 'referentiel', ROLES],
  ['read', 'regle', ROLES],
  ['create', 'brouillon', ['of', 'moderateur', 'administrateur']],
  ['depose', 'brouillon', ['of', 'moderateur', 'administrateur']],
  ['read', 'soumission', ['of', 'moderateur', 'administrateur']],
  ['withdraw', 'soumission', ['of', 'moderateur', 'administrateur']],
  ['claim', 'soumission', ['moderateur', 'administrateur']],
  ['decide', 'soumission', ['moderateur', 'administrateur']],
  ['undo', 'soumission', ['moderateur', 'administrateur']],
  ['create', 'import', ['of', 'moderateur', 'administrateur']],
  ['read', 'journal', ['moderateur', 'administrateur']],
  ['read', 'people', ['moderateur', 'administrateur']],
  ['update', 'people', ['administrateur']],
  ['create', 'release', ['administrateur']],
  ['update', 'regle', ['administrateur']],
  ['update', 'referentiel', ['administrateur']],
  ['read', 'flux', ['moderateur', 'administrateur', 'consommateur']],
];

describe('what a role may do', () => {
  it.each(MATRIX)('%s %s is for %p', (act, subject, roles) => {
    expect(ROLES.filter((role) => abilityOf(role).can(act, subject))).toEqual(roles);
  });

  it('is the same for the screens’ table and for the API', () => {
    for (const role of ROLES)
      for (const act of RIGHT_ACTS)
        for (const subject of RIGHT_SUBJECTS)
          expect([role, act, subject, roleMay(role, act, subject)]).toEqual([
            role,
            act,
            subject,
            abilityOf(role).can(act, subject),
          ]);
  });

  it('gives an administrator everything a moderator may', () => {
    for (const act of RIGHT_ACTS)
      for (const subject of RIGHT_SUBJECTS)
        if (roleMay('moderateur', act, subject)) expect(roleMay('administrateur', act, subject)).toBe(true);
  });

  it('refuses nobody with 401 and a role with 403', () => {
    expect(() => requireViewer(null)).toThrow(expect.objectContaining({ code: 'non-authentifie' }));
    expect(() => requireRight(null, 'decide', 'soumission')).toThrow(
      expect.objectContaining({ code: 'non-authentifie' }),
    );
    expect(() => requireRight(aViewer('of'), 'decide', 'soumission')).toThrow(
      expect.objectContaining({ code: 'interdit' }),
    );
    expect(requireRight(aViewer('moderateur'), 'decide', 'soumission')).toEqual(aViewer('moderateur'));
  });
});
