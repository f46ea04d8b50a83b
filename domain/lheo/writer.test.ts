import { describe, expect, it } from '@jest/globals';
import { writeLheoHead, writeLheoTail } from './file-writer.ts';
import { readAll } from './testing/documents.ts';
import { aFile, aFormation } from './testing/samples.ts';
import { schemaFor } from './testing/schemas.ts';
import { WriteError } from './write-error.ts';
import { writeElement, writeFormation, writeNode } from './writer.ts';

describe('what is written', () => {
  it('begins a line with each formation and each end of formation, indented or not', () => {
    for (const options of [{}, { indent: '  ' }]) {
      expect(writeFormation(aFormation(), options)).toMatch(/^<formation [\s\S]*\n<\/formation>\n$/);
    }
  });

  it('takes order from the grammar, not from the keys', () => {
    const json = { fin: '20270601', debut: { '@': { tag: 'b', numero: 'a' }, '#': '20270104' } };
    expect(writeElement('periode', json)).toBe(
      '<periode><debut numero="a" tag="b">20270104</debut><fin>20270601</fin></periode>',
    );
  });

  it('declares the namespace on the root alone', () => {
    expect(aFile([aFormation()]).match(/xmlns/g)).toHaveLength(1);
  });

  it('is a valid file in each version, with extensions after the offer', () => {
    const extras = [{ '@': { info: 'suppressions' }, contenu: [{ extra: '21_9' }] }];
    for (const version of ['2.2', '2.3'] as const) {
      const schema = schemaFor(version);
      const head = writeLheoHead({ version, attributs: { datecrea: '20270101' } });
      expect(
        schema.validate(`${head}${writeFormation(aFormation(), { version })}${writeLheoTail({ version, extras })}`),
      ).toEqual([]);
    }
  });

  it('keeps every character that XML can hold, in texts and attributes', () => {
    const text = ' <&>"\' \t\n\r ]]> \u0085\u2028 é 𝔸 ';
    const [event] = readAll(
      writeElement('ligne', { '#': text, '@': { info: text } }).replace(
        '<ligne',
        '<ligne xmlns="http://lheo.gouv.fr/2.3"',
      ),
    );
    expect(event).toMatchObject({ json: { '#': text, '@': { info: text } } });
  });

  it.each<[string, string, unknown]>([
    ['a control character', 'ligne', 'a\u0001'],
    ['NUL', 'ligne', { '#': 'x', '@': { info: '\u0000' } }],
    ['half a surrogate pair', 'ligne', 'a\ud800'],
    ['a noncharacter', 'ligne', '\uffff0\uffff'],
    ['an unknown child', 'periode', { debut: '1', fin: '2', neuf: '3' }],
    ['an unknown attribute', 'ligne', { '#': 'x', '@': { neuf: '1' } }],
    ['an object for a text', 'ligne', 12],
    ['XML that closes what it did not open', 'extra', { xml: '</extra><extra>' }],
    ['XML with a declaration', 'extra', { xml: '<!DOCTYPE a><a/>' }],
    ['XML with an unknown prefix', 'extra', { xml: '<p:a/>' }],
  ])('refuses %s', (_, name, json) => {
    expect(() => writeNode(name, json)).toThrow(WriteError);
  });

  it('refuses in 2.2 what only 2.3 has', () => {
    expect(() => writeElement('certification', { 'code-RS': 'RS123' }, { version: '2.2' })).toThrow(
      '/certification/code-RS',
    );
  });
});
