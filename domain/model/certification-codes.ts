import { type ChampsFormation, type ChampsSession, texteOf } from './documents.ts';
import type { ActionKind } from './organismes-publics.ts';

/** What a formation may be eligible by: a fiche of a register, or a kind that the law permits without one. */
export type CpfSubject =
  | { readonly kind: 'registre'; readonly code: string }
  | {
      readonly kind: 'sansRegistre';
      readonly code: string;
      readonly action: ActionKind;
      readonly nature: PermittedKind;
    };

export const PERMITTED_KINDS = ['vae', 'bilan', 'creationEntreprise', 'permis'] as const;
export type PermittedKind = (typeof PERMITTED_KINDS)[number];

/** Codes of the Caisse des dépôts for what has no register: article L. 6323-6 of the code du travail. */
const PERMITTED_CODES: Readonly<Record<string, readonly [PermittedKind, ActionKind]>> = {
  '200': ['vae', 'vae'],
  '202': ['bilan', 'bilan'],
  '203': ['creationEntreprise', 'formation'],
  ...Object.fromEntries(
    ['206', '210', '211', '212', '213', '214', '215', '216', '217', '219', '220', '221', '222'].map((code) => [
      code,
      ['permis', 'formation'] as const,
    ]),
  ),
};

/** `RNCP37535` from `37535`, `RNCP 37535` or `rncp37535BC01`; undefined for another form or for no number. */
export function ficheCode(register: 'RNCP' | 'RS', text: string): string | undefined {
  const match = /^(?:RNCP|RS)?\s*0*(\d{1,6})(?:BC\d+)?$/i.exec(text.trim());
  return match === null || Number(match[1]) === 0 ? undefined : `${register}${match[1]}`;
}

/** The permitted kind of a `code-CPF` (`202`, `CPF202`), or undefined. */
export function permittedKind(text: string): CpfSubject | undefined {
  const code = text.trim().replace(/^CPF/i, '');
  const permitted = Object.hasOwn(PERMITTED_CODES, code) ? PERMITTED_CODES[code] : undefined;
  return permitted && { kind: 'sansRegistre', code: `CPF${code}`, nature: permitted[0], action: permitted[1] };
}

/** The codes of RNCP and RS that a formation prepares, without doubles. */
export function certificationCodes(champs: ChampsFormation): string[] {
  const codes = (champs.certification ?? []).flatMap((certification) => [
    ficheCode('RNCP', texteOf(certification['code-RNCP'])),
    ficheCode('RS', texteOf(certification['code-RS'])),
  ]);
  return [...new Set(codes.filter((code) => code !== undefined))];
}

/** What one session may be eligible by: the certifications it refers to, else all of its formation's, then the kinds without register. */
export function cpfSubjects(formation: ChampsFormation, session: ChampsSession = {}): CpfSubject[] {
  const all = certificationCodes(formation);
  const referred = (session['reference-certification'] ?? [])
    .flatMap((reference) => [
      ficheCode('RNCP', texteOf(reference['reference-code-RNCP'])),
      ficheCode('RS', texteOf(reference['reference-code-RS'])),
    ])
    .filter((code) => code !== undefined);
  const codes = referred.length > 0 ? [...new Set(referred)] : all;
  const permitted = [...(formation.certification ?? []), ...(formation['code-type-formation'] ?? [])]
    .map((holder) => permittedKind(texteOf(holder['code-CPF'])))
    .filter((subject) => subject !== undefined);
  const unique = new Map(permitted.map((subject) => [subject.code, subject]));
  return [...codes.map((code): CpfSubject => ({ kind: 'registre', code })), ...unique.values()];
}
