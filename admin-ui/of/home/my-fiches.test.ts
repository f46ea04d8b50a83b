import { describe, expect, it } from '@jest/globals';
import type { SoumissionRowDto } from '../../../domain/contract/soumission.contract.ts';
import type { Statut } from '../../../domain/model/vocabulary.ts';
import { offerOf, toDo } from './my-fiches.ts';

const row = (id: string, fiche: string, statut: Statut) =>
  ({ id, fiche: { id: fiche, kind: 'formation', numero: null }, statut }) as unknown as SoumissionRowDto;
const idsOf = (rows: readonly SoumissionRowDto[]) => rows.map(({ id }) => id);

describe('the home of an OF', () => {
  it('puts corrections asked before drafts, and nothing else among what is to do', () => {
    const rows = [row('1', 'a', 'brouillon'), row('2', 'b', 'enRevue'), row('3', 'c', 'correctionsDemandees')];
    expect(idsOf(toDo(rows))).toEqual(['3', '1']);
  });

  it('shows each fiche once, by what is open of it before what is closed', () => {
    const rows = [
      row('1', 'a', 'publiee'),
      row('2', 'a', 'controlee'),
      row('3', 'b', 'publiee'),
      row('4', 'b', 'refusee'),
    ];
    expect(idsOf(offerOf(rows))).toEqual(['2', '3']);
  });

  it('does not show what was given up', () => {
    expect(offerOf([row('1', 'a', 'abandonnee')])).toEqual([]);
  });
});
