import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { crc32, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { aFile, aFormation } from '../../domain/lheo/testing/samples.ts';
import { makeXsd } from '../../domain/lheo/xsd.ts';

const MAIN = fileURLToPath(new URL('./main.ts', import.meta.url));
const FILE = aFile([aFormation(), aFormation({ '@': { numero: '21_9' } })]);
const BROKEN = FILE.replace('<certifiante>0', '<certifiante>7');

let folder = '';
const put = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'sofi-lheo-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('sofi lheo check', () => {
  it('gives version, verdict and counts of a valid file, with a code of 0', () => {
    const file = put('bon.xml', FILE);
    const { status, stdout } = sofi(['lheo', 'check', '--no-rules', '--json', file]);
    expect([status, JSON.parse(stdout)]).toEqual([
      0,
      { file, version: '2.3', valid: true, counts: { formations: 2, actions: 2, sessions: 2 }, faults: [] },
    ]);
  });

  it('reads gzip, zip and the standard input alike', () => {
    const files = [put('a.xml.gz', gzipSync(FILE)), put('a.zip', zipOf('a.xml', Buffer.from(FILE))), '-'];
    const { status, stdout } = sofi(['lheo', 'check', '--no-rules', '--json', ...files], FILE);
    const reports = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object);
    expect(status).toBe(0);
    expect(reports).toEqual(files.map((file) => expect.objectContaining({ file, valid: true })));
  });

  it('refuses what the schema refuses, with source, code, line and path', () => {
    const { status, stdout } = sofi(['lheo', 'check', '--no-rules', '--json', put('casse.xml', BROKEN)]);
    const fault = { source: 'xsd', code: 'code-inconnu', line: 4, path: '/lheo/offres/formation/0/certifiante' };
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ valid: false, counts: { formations: 2 }, faults: [fault] });
  });

  it('tells what SOFI’s rules find without calling the file invalid', () => {
    const old = FILE.replaceAll('20270601', '20170601').replaceAll('20270104', '20170104');
    const { status, stdout } = sofi(['lheo', 'check', '--json', put('passe.xml', old)]);
    const { valid, faults } = JSON.parse(stdout) as { valid: boolean; faults: { source: string; code: string }[] };
    expect([status, valid]).toEqual([0, true]);
    expect(faults).toContainEqual(expect.objectContaining({ source: 'rule', code: 'session-passee', line: 4 }));
  });

  it.each<[string, string | Uint8Array, string]>([
    ['0 bytes', '', 'fichier-vide'],
    ['what is not XML', 'bonjour', 'mal-forme'],
    ['a truncated gzip', gzipSync(FILE).subarray(0, 300), 'fichier-tronque'],
    ['a broken zip', Buffer.from('PK\u0003\u0004et puis rien'), 'archive-invalide'],
    ['an entity bomb', '<!DOCTYPE a [<!ENTITY b "b">]><a>&b;</a>', 'entites-interdites'],
  ])('ends with 1 and a fault of the file for %s', (what, content, code) => {
    const { status, stdout } = sofi(['lheo', 'check', '--json', put(`${what.length}.xml`, content)]);
    expect(status).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({
      valid: false,
      faults: expect.arrayContaining([expect.objectContaining({ source: 'xml', code })]) as object,
    });
  });

  it('ends with 2 and a sentence where it could not run', () => {
    expect(sofi(['lheo', 'check', join(folder, 'absent.xml')])).toMatchObject({
      status: 2,
      stderr: `${join(folder, 'absent.xml')} : introuvable\n`,
    });
    expect(sofi(['lheo', 'check', '--inconnue', 'x']).status).toBe(2);
    expect(sofi(['lheo', 'check', '--version', '1.0', 'x']).status).toBe(2);
  });

  it('refuses a file of another version than the one asked', () => {
    expect(sofi(['lheo', 'check', '--no-rules', '--version', '2.2', put('v.xml', FILE)]).status).toBe(1);
  });
});

describe('sofi lheo convert', () => {
  it('writes valid LHÉO of the other version and says what it changed', () => {
    const out = join(folder, 'v22.xml');
    const file = put('v23.xml', aFile([aFormation({ certification: [{ 'code-RS': 'RS5', 'code-RNCP': '123' }] })]));
    const { status, stdout } = sofi(['lheo', 'convert', file, '--to', '2.2', '--out', out, '--json']);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      from: '2.3',
      to: '2.2',
      formations: 1,
      changes: [{ line: 4, path: '/lheo/offres/formation/0/certification/0/code-RS' }],
    });
    expect(sofi(['lheo', 'check', '--no-rules', '--version', '2.2', out]).status).toBe(0);
    expect(readFileSync(out, 'utf8')).toBe(aFile([aFormation({ certification: [{ 'code-RNCP': '123' }] })], '2.2'));
  });

  it('refuses what it cannot make valid and leaves no file behind', () => {
    const out = join(folder, 'jamais.xml');
    expect(sofi(['lheo', 'convert', put('casse2.xml', BROKEN), '--to', '2.2', '--out', out]).status).toBe(1);
    expect([existsSync(out), existsSync(`${out}.partial`)]).toEqual([false, false]);
  });
});

describe('sofi lheo xsd, stats and diff', () => {
  it('prints the schema made from the grammar', () => {
    expect(sofi(['lheo', 'xsd', '--version', '2.2']).stdout).toBe(makeXsd('2.2'));
  });

  it('counts a file', () => {
    const { stdout } = sofi(['lheo', 'stats', '--json', put('s.xml', FILE)]);
    expect(JSON.parse(stdout)).toMatchObject({
      version: '2.3',
      formations: 2,
      sessions: 2,
      organismes: 1,
      premierDebut: '20270104',
    });
  });

  it('tells formations added, removed and changed, in words', () => {
    const a = put('a.xml', aFile([aFormation(), aFormation({ '@': { numero: '21_5' } })]));
    const b = put(
      'b.xml',
      aFile([aFormation({ 'intitule-formation': 'Plâtrier' }), aFormation({ '@': { numero: '21_6' } })]),
    );
    const { status, stdout } = sofi(['lheo', 'diff', '--json', a, b]);
    expect(status).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      added: ['21_6'],
      removed: ['21_5'],
      changed: [
        {
          numero: '21_1',
          intitule: 'Plâtrier',
          differences: [{ path: '/champs/intitule-formation', kind: 'changed' }],
        },
      ],
    });
  });
});

function sofi(args: readonly string[], input = ''): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, [MAIN, ...args], { encoding: 'utf8', input });
}

/** A zip of one stored file. */
function zipOf(name: string, content: Buffer): Buffer {
  const head = Buffer.alloc(26);
  head.writeUInt16LE(20, 0);
  head.writeUInt32LE(crc32(content), 10);
  head.writeUInt32LE(content.length, 14);
  head.writeUInt32LE(content.length, 18);
  head.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004'), head, Buffer.from(name), content]);
  const central = Buffer.concat([
    Buffer.from('PK\u0001\u0002'),
    Buffer.from([20, 0]),
    head,
    Buffer.alloc(14),
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(central.length, 8);
  end.writeUInt32LE(local.length, 12);
  return Buffer.concat([local, central, Buffer.from('PK\u0005\u0006'), end]);
}
