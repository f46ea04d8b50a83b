import { describe, expect, it } from '@jest/globals';
import { actionId, aFormation, ficheId, sessionId } from './builders.ts';
import type { FormationDocument } from './documents.ts';
import { canonicalJson, canonicalReceived } from './hash.ts';
import { setAtPath } from './paths.ts';

const SESSION = `/actions/${actionId(1)}/sessions/${sessionId(1)}`;
const sent = aFormation({ numero: '07_10' });
const info = (name: string) => ({ '@': { info: name } });
const unchanged: [string, FormationDocument][] = [
  ['datemaj', setAtPath(sent, '/champs/@', { datemaj: '20261124', datecrea: '20010503' })],
  ['horodatage-export', setAtPath(sent, '/champs/@', { 'horodatage-export': '2026-11-24T04:00:00' })],
  ['an integer ref', setAtPath(sent, '/champs/intitule-formation', { '#': 'CAP ébéniste', '@': { ref: '12' } })],
  [
    'export dates in extras',
    setAtPath(sent, '/champs/extras', [{ contenu: [{ extra: { ...info('date-export'), '#': '20261124' } }] }]),
  ],
  [
    'DATE EXPORT',
    setAtPath(sent, `${SESSION}/champs/extras`, [{ ...info('DATE EXPORT CARIF'), contenu: [{ extra: '24/11' }] }]),
  ],
  ['ids given here', { ...sent, id: ficheId(9), organisme: ficheId(8) }],
  ['an id given to a session here', setAtPath(sent, `${SESSION}/id`, sessionId(7))],
  ['a numero given here', { ...sent, numero: '21_5', numeroRecu: '07_10' } as FormationDocument],
];
const changed: [string, FormationDocument][] = [
  ['a text', setAtPath(sent, '/champs/intitule-formation', 'CAP menuisier')],
  ['a version of codes', setAtPath(sent, '/champs/domaine-formation/code-FORMACODE/0/@/ref', 'V13')],
  ['its numero', { ...sent, numero: '07_11' }],
  ['an extra', setAtPath(sent, '/champs/extras', [{ contenu: [{ extra: { ...info('duree-hebdo'), '#': '35' } }] }])],
];

describe('what a source sent', () => {
  it.each(unchanged)('is unchanged but for %s', (_what, document) => {
    expect(canonicalReceived(document)).toBe(canonicalReceived(sent));
  });

  it.each(changed)('is changed by %s', (_what, document) => {
    expect(canonicalReceived(document)).not.toBe(canonicalReceived(sent));
  });
});

describe('canonical JSON', () => {
  it('does not depend on the order of keys or on absent ones', () => {
    expect(canonicalJson({ b: [1, { d: null, c: 'é' }], a: undefined })).toBe('{"b":[1,{"c":"é","d":null}]}');
    expect(JSON.parse(canonicalJson(sent))).toEqual(sent);
  });
});
