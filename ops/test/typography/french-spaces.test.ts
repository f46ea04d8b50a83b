import { glob } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { root } from '../../services/folders.ts';
import { BREAKING, literalTexts } from './literal-texts.ts';

/** Where texts of screens, mails and refusals are written; the labels of `domain/grammar` are LHÉO's own. */
const SAID = '{admin-ui,api,mail,domain}/**/*.{ts,tsx}';
const isOurs = (file: string) => !/\.test\.tsx?$|^domain\/grammar\//.test(file);

async function saidOf(): Promise<Map<string, string[]>> {
  const said = new Map<string, string[]>();
  for await (const file of glob(SAID, { cwd: root })) {
    if (isOurs(file)) said.set(file, await literalTexts(join(root, file)));
  }
  return said;
}

describe('a French text', () => {
  it('does not break inside guillemets nor before ; : ! ?', async () => {
    const said = await saidOf();
    const breaking = [...said].flatMap(([file, texts]) =>
      texts.filter((text) => BREAKING.test(text)).map((text) => `${file}: ${text}`),
    );
    expect(breaking).toEqual([]);
    const texts = [...said.values()].flat();
    expect(texts.filter((text) => /«\u00a0.+\u00a0»/u.test(text)).length).toBeGreaterThan(5);
    expect(texts.filter((text) => /\S\u00a0[:;!?]/u.test(text)).length).toBeGreaterThan(100);
  });

  it.each(['Il s’agit de : rien', 'Une question ?', 'voir « ceci »', 'fini ; suite', 'attention !'])(
    'is refused with an ordinary space: %s',
    (text) => {
      expect(BREAKING.test(text)).toBe(true);
      expect(BREAKING.test(text.replaceAll(/« | (?=[;:!?»])/gu, (sign) => sign.replace(' ', '\u00a0')))).toBe(false);
    },
  );

  it('may hold a time, an address and English', () => {
    for (const text of ['jeudi 18:00', 'https://sofi.example', 'Not verified: no table', 'why?'])
      expect(BREAKING.test(text)).toBe(false);
  });
});
