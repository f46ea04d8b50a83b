import { describe, expect, it } from '@jest/globals';
import type { FicheDocument } from '../../../domain/model/documents.ts';
import { alignFiche, countChanges, type Section } from './align.ts';

const session = (id: string, debut: string) => ({
  id,
  champs: { periode: { debut, fin: '20271231' } },
  dispositifs: [],
});
const action = (id: string, rythme: string, sessions: unknown[]) => ({
  id,
  champs: { 'rythme-formation': rythme },
  sessions,
});
const fiche = (titre: string, actions: unknown[]) =>
  ({
    kind: 'formation',
    id: 'f',
    organisme: 'o',
    champs: { 'intitule-formation': titre, 'domaine-formation': { 'code-ROME': ['H2207'] } },
    actions,
  }) as unknown as FicheDocument;

const accepted = fiche('CAP ébéniste', [
  action('a1', 'Temps plein', [session('s1', '20270104'), session('s2', '20270405')]),
]);
const actionsOf = (document: FicheDocument) => (document.kind === 'formation' ? document.actions : []);
const marks = (level: Section) => level.lines.map(({ path, mark }) => [path, mark]);

describe('a fiche beside its accepted version', () => {
  it('shows a creation without marks: there is nothing to compare with', () => {
    const level = alignFiche(accepted, null);
    expect(countChanges(level)).toBe(0);
    expect(level.children[0]?.children).toHaveLength(2);
  });

  it('marks a changed text with both sayings, and nothing else', () => {
    const level = alignFiche(fiche('CAP ébéniste d’art', [...actionsOf(accepted)]), accepted);
    expect(marks(level)).toEqual([
      ['/champs/intitule-formation', 'changed'],
      ['/champs/domaine-formation/code-ROME/0', 'same'],
    ]);
    expect(level.lines[0]).toMatchObject({ before: 'CAP ébéniste', after: 'CAP ébéniste d’art' });
    expect(countChanges(level)).toBe(1);
  });

  it('aligns sessions by id: a removed one stays visible, a new one is added', () => {
    const proposal = fiche('CAP ébéniste', [
      action('a1', 'Temps plein', [session('s3', '20270906'), session('s1', '20270104')]),
    ]);
    const sessions = alignFiche(proposal, accepted).children[0]?.children ?? [];
    expect(sessions.map(({ path, mark }) => [path, mark])).toEqual([
      ['/actions/a1/sessions/s3', 'added'],
      ['/actions/a1/sessions/s1', 'same'],
      ['/actions/a1/sessions/s2', 'removed'],
    ]);
    expect(sessions[2]?.lines[0]).toMatchObject({ mark: 'removed', before: '20270405' });
  });

  it('says that a session moved when only its place in the list changed', () => {
    const proposal = fiche('CAP ébéniste', [
      action('a1', 'Temps plein', [session('s2', '20270405'), session('s1', '20270104')]),
    ]);
    const sessions = alignFiche(proposal, accepted).children[0]?.children ?? [];
    expect(sessions.filter(({ mark }) => mark === 'moved')).toHaveLength(1);
  });
});
