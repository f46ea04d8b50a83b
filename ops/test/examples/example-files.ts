import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { descendants, parseXml } from './infoset.ts';

const shared = process.env.SOFI_SHARED ?? resolve(import.meta.dirname, '../../../../shared');
const folder = join(shared, 'lheo', 'examples');

/** Whether the real LHÉO files and official schemas are beside this checkout; the tests that need them say so and skip. */
export const examplesAreHere = existsSync(folder);
export const officialSchema = (version: '2.2' | '2.3') =>
  readFileSync(join(shared, 'lheo', 'xsd', `lheo-${version}.xsd`), 'utf8');

export interface ExampleFile {
  readonly name: string;
  readonly xml: string;
}

/** The fourteen files in the order of their names, the Onisep one last. */
export function readExamples(): ExampleFile[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.xml'))
    .sort((a, b) => Number(a.includes('onisep')) - Number(b.includes('onisep')) || (a < b ? -1 : 1));
  return names.map((name) => ({ name, xml: readFileSync(join(folder, name), 'utf8') }));
}

/**
 * The file with numeros of its own, and its sessions moved by whole years so that the first one starts within the
 * twelve months after `today` (AAAAMMJJ). Only the text of numeros and dates changes.
 */
export function madeCurrent(file: ExampleFile, index: number, today: string): ExampleFile {
  const starts = descendants(parseXml(file.xml), 'session').flatMap((session) =>
    session.children
      .filter((child) => child.name === 'periode')
      .flatMap((periode) => periode.children.filter((c) => c.name === 'debut').map((c) => c.text)),
  );
  const first = starts.filter((date) => date !== '00000000').sort()[0];
  if (!first) throw new Error(`Cannot find a session in ${file.name}`);
  let years = 0;
  while (shifted(first, years) <= today) years += 1;
  const xml = file.xml
    .replace(/(<(?:formation|action|session)\s[^>]*?numero=")([^"]+)(")/g, `$1$2_e${index}$3`)
    .replace(
      /<(debut|fin)>(\d{8})<\/\1>/g,
      (_, tag: string, date: string) => `<${tag}>${shifted(date, years)}</${tag}>`,
    );
  return { name: file.name, xml };
}

function shifted(date: string, years: number): string {
  return date === '00000000' || date === '99999999' ? date : `${Number(date.slice(0, 4)) + years}${date.slice(4)}`;
}
