import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { XmlDocument, XsdValidator } from 'libxml2-wasm';
import type { OfficialSchema } from '../drill/month/consumer.ts';
import { root } from '../services/folders.ts';

const XSD = join(process.env.SOFI_SHARED ?? resolve(root, '../shared'), 'lheo/xsd');
const FILES = { '2.2': 'lheo-2.2.xsd', '2.3': 'lheo-2.3.xsd' } as const;

/** The official schemas of both versions; undefined, and said aloud, where they are not at hand. */
export function officialSchema(forWhat: string): OfficialSchema | undefined {
  if (!existsSync(XSD)) {
    console.warn(`The official schemas are not at ${XSD}: ${forWhat} is SKIPPED`);
    return undefined;
  }
  const made = Object.entries(FILES).map(([version, file]) => {
    const document = XmlDocument.fromString(readFileSync(join(XSD, file), 'utf8'));
    return [version, XsdValidator.fromDoc(document)] as const;
  });
  const validators = new Map(made);
  return (version, xml) => {
    const document = XmlDocument.fromString(xml);
    try {
      validators.get(version)?.validate(document);
      return [];
    } catch (error) {
      return [String((error as Error).message)];
    } finally {
      document.dispose();
    }
  };
}
