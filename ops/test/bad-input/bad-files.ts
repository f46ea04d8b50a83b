import { gzipSync } from 'node:zlib';
import { aLheoFile, aReceived } from '../../../domain/lheo/fiche/sample-lheo.ts';
import type { ErrorCode } from '../../../domain/model/errors.ts';
import { zipOf } from './zip.ts';

export interface BadFile {
  readonly what: string;
  readonly bytes: Buffer;
  /** What POST /imports answers. */
  readonly code: ErrorCode;
}

const FILE = aLheoFile([aReceived(1)]);
const [HEAD = '', TAIL = ''] = FILE.split(/(?<=<offres>)/);
const root = FILE.slice(FILE.indexOf('<lheo'));

function laughs(): string {
  const levels = Array.from({ length: 9 }, (_, n) => `<!ENTITY a${n + 1} "${`&a${n};`.repeat(10)}">`);
  return `<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY a0 "ha">${levels.join('')}]>${root.replace('CAP', '&a9;')}`;
}

const quadratic = `<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY a "${'x'.repeat(50_000)}">]>${root.replace('CAP', '&a;'.repeat(50_000))}`;
const external = `<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY a SYSTEM "file:///etc/passwd">]>${root.replace('CAP', '&a;')}`;
const parameter = `<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY % a SYSTEM "http://127.0.0.1:1/x.dtd"> %a;]>${root}`;
const deep = `${HEAD}${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}${TAIL}`;
const attributes = `${HEAD}<formation ${Array.from({ length: 100_000 }, (_, n) => `a${n}="x"`).join(' ')}/>${TAIL}`;
const longText = FILE.replace('CAP', 'é'.repeat(25_000_000));
const longName = `${HEAD}<${'a'.repeat(40_000_000)}/>${TAIL}`;
const longAttribute = `${HEAD}<formation numero="${'x'.repeat(40_000_000)}"/>${TAIL}`;
const spaces = `${`<!--${' '.repeat(1_000_000)}-->`.repeat(60)}${FILE}`;

/** Files that nobody sends by accident; each is refused with its code, and nothing of it is kept. */
export const BAD_FILES: readonly BadFile[] = [
  { what: 'a billion laughs', bytes: Buffer.from(laughs()), code: 'entites-interdites' },
  { what: 'a quadratic blow-up', bytes: Buffer.from(quadratic), code: 'entites-interdites' },
  { what: 'a file of this machine as an entity', bytes: Buffer.from(external), code: 'entites-interdites' },
  { what: 'an outer DTD', bytes: Buffer.from(parameter), code: 'entites-interdites' },
  { what: '100 000 elements one in the other', bytes: Buffer.from(deep), code: 'xml-mal-forme' },
  { what: '100 000 attributes', bytes: Buffer.from(attributes), code: 'xml-mal-forme' },
  { what: 'one text of 50 MB', bytes: Buffer.from(longText), code: 'xml-mal-forme' },
  { what: 'one name of 40 MB', bytes: Buffer.from(longName), code: 'xml-mal-forme' },
  { what: 'one attribute of 40 MB', bytes: Buffer.from(longAttribute), code: 'xml-mal-forme' },
  { what: 'a gzip of much more than 200 times', bytes: gzipSync(spaces, { level: 9 }), code: 'archive-invalide' },
  { what: 'a gzip in a gzip', bytes: gzipSync(gzipSync(FILE)), code: 'encodage' },
  {
    what: 'a zip of 100 000 entries',
    bytes: zipOf(Array.from({ length: 100_000 }, (_, n) => ({ name: `${n}.xml`, content: '' }))),
    code: 'archive-invalide',
  },
  {
    what: 'a zip of two files',
    bytes: zipOf([
      { name: 'a.xml', content: FILE },
      { name: 'b.xml', content: FILE },
    ]),
    code: 'archive-invalide',
  },
  {
    what: 'a zip that climbs out of its folder',
    bytes: zipOf([{ name: '../../../../tmp/sofi-slip.xml', content: FILE }]),
    code: 'archive-invalide',
  },
  {
    what: 'a zip of an absolute path',
    bytes: zipOf([{ name: '/tmp/sofi-slip.xml', content: FILE }]),
    code: 'archive-invalide',
  },
  {
    what: 'a zip of a symbolic link',
    bytes: zipOf([{ name: 'offre.xml', content: '/etc/passwd', symlink: true }]),
    code: 'format-inconnu',
  },
  {
    what: 'a zip of much more than 200 times',
    bytes: zipOf([{ name: 'offre.xml', content: spaces }]),
    code: 'archive-invalide',
  },
  { what: 'an empty zip', bytes: zipOf([]), code: 'archive-invalide' },
  {
    what: 'a zip that is cut',
    bytes: zipOf([{ name: 'a.xml', content: FILE }]).subarray(0, 200),
    code: 'archive-invalide',
  },
];
