import { describe, expect, it } from '@jest/globals';
import type { ElementEvent, FaultEvent, ReadEvent } from './events.ts';
import { readLheo } from './read.ts';
import { LheoReader } from './reader.ts';
import { readAll } from './testing/documents.ts';
import { aFile, aFormation } from './testing/samples.ts';
import { schemaFor } from './testing/schemas.ts';

const FILE = aFile([aFormation()]);

describe('a LHÉO file that is read', () => {
  it('gives its containers, then each formation with its lines', () => {
    const events = readAll(FILE);
    expect(events.map(({ kind }) => kind)).toEqual(['open', 'open', 'element', 'close', 'close']);
    expect(elementOf(events)).toMatchObject({
      name: 'formation',
      version: '2.3',
      path: '/lheo/offres/formation/0',
      line: 4,
      faults: [],
    });
    expect(elementOf(events).json).toEqual(aFormation());
  });

  it('says the line of a field, of an index and of what is absent', () => {
    const xml = aFile([aFormation()]).replaceAll('><', '>\n<');
    const { line, lineOf } = elementOf(readAll(xml));
    const lines = xml.split('\n');
    const lineWith = (text: string): number => lines.findIndex((found) => found.includes(text)) + 1;
    expect(lineOf('/action/0/session/0/periode/debut')).toBe(lineWith('<debut>'));
    expect(lineOf('/domaine-formation/code-FORMACODE/0/@/ref')).toBe(lineWith('<code-FORMACODE'));
    expect(lineOf('/action/0/session/7/periode')).toBe(lineWith('<action'));
    expect(lineOf('')).toBe(line);
  });

  it('keeps each formation’s own XML whatever the pieces it came in', () => {
    const many = aFile(
      Array.from({ length: 200 }, (_, n) => aFormation({ '@': { numero: `21_${n}`, info: 'x'.repeat(n * 40) } })),
    );
    const schema = schemaFor('2.3');
    for (const size of [1_000_000, 65_536, 4_001]) {
      const elements = readAll(many, size).filter((event): event is ElementEvent => event.kind === 'element');
      expect(elements).toHaveLength(200);
      for (const element of elements) {
        expect(element.source?.xml).toMatch(/^<formation [\s\S]*<\/formation>$/);
        expect(schema.validateElement(element)).toEqual([]);
      }
    }
  });

  it('takes a prefix for LHÉO and the names of others', () => {
    const prefixed = FILE.replace('xmlns=', 'xmlns:l=').replaceAll(/<(\/?)([a-zA-Z])/g, '<$1l:$2');
    expect(elementOf(readAll(prefixed)).json).toEqual(aFormation());
  });

  it('keeps text byte for byte', () => {
    const intitule = '  deux  espaces\n\tet une ligne &amp; ';
    const xml = FILE.replace('>Plaquiste<', `>${intitule}<!-- note --><![CDATA[<b>]]><`);
    expect(elementOf(readAll(xml)).json).toMatchObject({
      'intitule-formation': '  deux  espaces\n\tet une ligne & <b>',
    });
  });
});

describe('what the format refuses', () => {
  const cases: [what: string, from: string | RegExp, to: string, code: string, path: string][] = [
    ['an unknown element', '<certifiante>', '<neuf>1</neuf><certifiante>', 'element-inconnu', '/neuf'],
    [
      'an element out of order',
      /(<certifiante>0<\/certifiante>)(.*?)(<action)/,
      '$2$1$3',
      'element-mal-place',
      '/certifiante',
    ],
    [
      'a second element where one is due',
      '<certifiante>',
      '<certifiante>1</certifiante><certifiante>',
      'element-en-trop',
      '/certifiante',
    ],
    ['a missing element', '<certifiante>0</certifiante>', '', 'element-manquant', '/certifiante'],
    ['an empty text', '>Plaquiste<', '><', 'trop-court', '/intitule-formation'],
    ['a text too long', 'Plaquiste', 'é'.repeat(256), 'trop-de-caracteres', '/intitule-formation'],
    ['a code out of its dictionary', '<certifiante>0', '<certifiante>2', 'code-inconnu', '/certifiante'],
    ['a date in another form', '20270104', '2027-01-04', 'date-incorrecte', '/action/0/session/0/periode/debut'],
    ['a text between elements', '<certifiante>', 'et<certifiante>', 'texte-inattendu', ''],
    [
      'an unknown attribute',
      'ref="V14" tag',
      'vu="V14" tag',
      'attribut-inconnu',
      '/domaine-formation/code-FORMACODE/0/@/vu',
    ],
    [
      'an attribute of the wrong form',
      'numero="21_3"',
      'horodatage-export="hier"',
      'attribut-incorrect',
      '/action/0/session/0/@/horodatage-export',
    ],
    ['an id given twice', /numero="21_[23]"/g, 'id="a"', 'identifiant-repete', '/action/0/session/0/@/id'],
  ];

  it.each(cases)('is told: %s', (_, from, to, code, path) => {
    const element = elementOf(readAll(FILE.replace(from, to)));
    expect(element.faults).toContainEqual(expect.objectContaining({ code, path }));
    expect(schemaFor('2.3').validateElement(element)).not.toEqual([]);
  });

  it('is where the schema says it is, by line and by path', () => {
    const xml = FILE.replaceAll('><', '>\n<').replace('20270601', '2027');
    const line = xml.split('\n').findIndex((text) => text.includes('<fin>')) + 1;
    const [fault] = schemaFor('2.3').validateElement(elementOf(readAll(xml)));
    expect(fault).toMatchObject({ line, path: '/action/0/session/0/periode/fin' });
  });

  it('is read all the same: order and empty elements are tolerated', () => {
    const xml = FILE.replace(/(<certifiante>0<\/certifiante>)(.*?)(<action)/, '$2$1$3');
    expect(elementOf(readAll(xml)).json).toEqual(aFormation());
  });
});

describe('what ends a reading', () => {
  const deep = `<lheo xmlns="http://lheo.gouv.fr/2.3">${'<extras>'.repeat(101)}`;
  const wide = `<lheo xmlns="http://lheo.gouv.fr/2.3"${Array.from({ length: 1001 }, (_, n) => ` a${n}=""`).join('')}/>`;
  it.each([
    ['0 bytes', '', 'mal-forme', 1],
    ['what is not XML', '%PDF-1.7', 'mal-forme', 1],
    ['a truncated file', FILE.slice(0, -30), 'mal-forme', 5],
    ['a missing end tag', FILE.replace('</certifiante>', ''), 'mal-forme', 5],
    ['entity declarations', '<!DOCTYPE l [<!ENTITY a "aa">]><l>&a;</l>', 'entites-interdites', 1],
    ['an external entity', '<!DOCTYPE l SYSTEM "file:///etc/passwd"><l/>', 'entites-interdites', 1],
    ['an undeclared entity', FILE.replace('Plaquiste', '&eacute;'), 'mal-forme', 4],
    ['a control character', FILE.replace('Plaquiste', 'a\u0001'), 'mal-forme', 4],
    ['depth beyond 100', deep, 'trop-profond', 1],
    ['more than 1000 attributes', wide, 'trop-d-attributs', 1],
    ['another namespace', '<lheo xmlns="http://lheo.gouv.fr/9"/>', 'version-inconnue', 1],
    ['another root', '<rss xmlns="http://lheo.gouv.fr/2.3"/>', 'racine-inconnue', 1],
    ['a second root', `${FILE}<lheo/>`, 'mal-forme', 8],
  ])('is one fatal fault with code and line: %s', (_, xml, code, line) => {
    const last = readAll(xml).at(-1);
    expect(last).toMatchObject({ kind: 'fault', fatal: true, fault: { code, line } });
  });

  it('is a token that never ends, before it fills the memory', () => {
    const reader = new LheoReader();
    const events: ReadEvent[] = reader.write('<lheo xmlns="http://lheo.gouv.fr/2.3"><offres><formation numero="');
    const piece = 'x'.repeat(1024 * 1024);
    for (let sent = 0; sent < 40; sent += 1) events.push(...reader.write(piece));
    expect(events.at(-1)).toMatchObject({ fatal: true, fault: { code: 'trop-long' } });
    expect(reader.write(piece)).toEqual([]);
  });

  it('is bytes that are not in their encoding', async () => {
    const events = await readBytes(Buffer.concat([Buffer.from(FILE), Buffer.from([0xe9])]));
    expect(events.at(-1)).toMatchObject({ fatal: true, fault: { code: 'encodage' } });
  });
});

async function readBytes(bytes: Uint8Array): Promise<(ElementEvent | FaultEvent)[]> {
  const events: (ElementEvent | FaultEvent)[] = [];
  for await (const event of readLheo([bytes]))
    if (event.kind === 'element' || event.kind === 'fault') events.push(event);
  return events;
}

function elementOf(events: readonly ReadEvent[]): ElementEvent {
  const found = events.find((event): event is ElementEvent => event.kind === 'element');
  if (found === undefined) throw new Error(`No element was read: ${JSON.stringify(events)}`);
  return found;
}
