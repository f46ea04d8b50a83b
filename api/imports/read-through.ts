import type { LheoVersion } from '../../domain/grammar/types.ts';
import type { LheoFault, XmlFaultCode } from '../../domain/lheo/faults.ts';
import { readLheo } from '../../domain/lheo/read.ts';
import { type ErrorCode, SofiError } from '../../domain/model/errors.ts';

/** What a whole, well-formed file turned out to be. */
export interface FileFacts {
  readonly version: LheoVersion;
  readonly formations: number;
}

const CODES: Readonly<Record<Exclude<XmlFaultCode, 'mal-forme'>, ErrorCode>> = {
  encodage: 'encodage',
  'entites-interdites': 'entites-interdites',
  'trop-profond': 'xml-mal-forme',
  'trop-d-attributs': 'xml-mal-forme',
  'trop-long': 'xml-mal-forme',
  'racine-inconnue': 'format-inconnu',
  'version-inconnue': 'format-inconnu',
};

/**
 * Reads a file through for encoding, well-formedness and entities, without a schema; throws the refusal of the first
 * fault, with its line.
 */
export async function readThrough(bytes: AsyncIterable<Uint8Array>): Promise<FileFacts> {
  let version: LheoVersion | undefined;
  let formations = 0;
  for await (const event of readLheo(bytes)) {
    if (event.kind === 'fault' && event.fatal) throw refusalOf(event.fault);
    if (event.kind === 'open' || event.kind === 'element') version ??= event.version;
    if (event.kind === 'element' && event.name === 'formation') formations += 1;
  }
  if (version === undefined || formations === 0) throw new SofiError('fichier-vide');
  return { version, formations };
}

function refusalOf({ code, line, message }: LheoFault): SofiError {
  const known = code in CODES ? CODES[code as keyof typeof CODES] : illFormed(message);
  return new SofiError(known, undefined, { line, detail: message });
}

/** The reader has one code for all that is no XML; its sentence tells which. */
function illFormed(message: string): ErrorCode {
  if (message.startsWith('le fichier est vide')) return 'fichier-vide';
  if (message.startsWith("ce n'est pas du XML")) return 'format-inconnu';
  return message.startsWith("le fichier s'arrête") ? 'fichier-tronque' : 'xml-mal-forme';
}
