import { describe, expect, it } from '@jest/globals';
import { linkToken, readLinkToken } from './links.ts';

const SECRET = 's'.repeat(32);
const ID = '0197c2a4-1111-7222-8333-444455556666';

describe('the token of a mail’s link', () => {
  it.each(['desabonnement', 'fraicheur'] as const)('names a %s link and its mail', (kind) => {
    expect(readLinkToken(SECRET, linkToken(SECRET, kind, ID))).toEqual({ kind, id: ID });
  });

  it('is refused once any of its characters is another', () => {
    const token = linkToken(SECRET, 'fraicheur', ID);
    const forged = Array.from(token).map(
      (sign, at) => token.slice(0, at) + (sign === 'A' ? 'B' : 'A') + token.slice(at + 1),
    );
    expect(forged.filter((one) => readLinkToken(SECRET, one) !== null)).toEqual([]);
  });

  it.each([
    ['another secret', linkToken('t'.repeat(32), 'fraicheur', ID)],
    ['nothing', ''],
    ['half of it', linkToken(SECRET, 'fraicheur', ID).slice(0, 20)],
    ['more than it', `${linkToken(SECRET, 'fraicheur', ID)}AA`],
    ['another way to write it', `${linkToken(SECRET, 'fraicheur', ID).slice(0, 43)}+`],
  ])('is refused when it is %s', (_, token) => {
    expect(readLinkToken(SECRET, token)).toBeNull();
  });
});
