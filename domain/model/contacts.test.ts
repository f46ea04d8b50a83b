import { describe, expect, it } from '@jest/globals';
import { actionId, aFormation, anAction, aSession, sessionId } from './builders.ts';
import { isPublicContact, withContactMarks, withoutPrivateContacts } from './contacts.ts';
import type { FormationDocument } from './documents.ts';

const contact = (nom: string, tag?: string) => ({
  ...(tag === undefined ? {} : { '@': { tag } }),
  coordonnees: { nom },
});
const withContacts = (own: readonly object[], ofSession: readonly object[] = []): FormationDocument => {
  const session = aSession({ id: sessionId(1) });
  const base = aFormation({
    actions: [
      anAction({
        id: actionId(1),
        sessions: [{ ...session, champs: { ...session.champs, 'contact-session': ofSession } }],
      }),
    ],
  });
  return { ...base, champs: { ...base.champs, 'contact-formation': own } } as FormationDocument;
};
const tagsOf = ({ champs, actions }: FormationDocument) => [
  ...(champs['contact-formation'] ?? []).map((one) => one['@']?.tag),
  ...(actions[0]?.sessions[0]?.champs['contact-session'] ?? []).map((one) => one['@']?.tag),
];

describe('a contact entered by hand', () => {
  it('stays inside until its author marks it public', () => {
    const document = withContacts([contact('Accueil'), contact('Direction', 'public')], [contact('Inscriptions')]);
    expect(tagsOf(withContactMarks(document, null))).toEqual(['prive', 'public', 'prive']);
  });

  it('is as public as what stood in its place', () => {
    const received = withContacts([contact('Accueil')], [contact('Inscriptions', 'prive')]);
    const document = withContacts([contact('Standard'), contact('Direction')], [contact('Inscription')]);
    expect(tagsOf(withContactMarks(document, received))).toEqual([undefined, 'prive', 'prive']);
  });

  it('is matched by the ids of its session, not by its place', () => {
    const received = withContacts([], [contact('Inscriptions')]);
    const other = withContacts([], [contact('Inscriptions')]);
    const moved = {
      ...other,
      actions: other.actions.map((action) => ({
        ...action,
        sessions: action.sessions.map((session) => ({ ...session, id: sessionId(9) })),
      })),
    };
    expect(tagsOf(withContactMarks(moved, received))).toEqual(['prive']);
  });
});

describe('who looks from outside', () => {
  it('sees the contacts of a flow and those marked public, and no other', () => {
    const document = withContacts([contact('Accueil'), contact('Direction', 'prive')], [contact('Paie', 'prive')]);
    const seen = withoutPrivateContacts(document);
    expect(seen.champs['contact-formation']).toEqual([contact('Accueil')]);
    expect(seen.actions[0]?.sessions[0]?.champs['contact-session']).toEqual([]);
    expect(JSON.stringify(seen)).not.toMatch(/Direction|Paie/);
  });

  it.each([
    [undefined, true],
    ['principal', true],
    ['public', true],
    ['prive', false],
  ])('takes the tag %s as public: %s', (tag, isPublic) => {
    expect(isPublicContact(contact('Accueil', tag))).toBe(isPublic);
  });
});
