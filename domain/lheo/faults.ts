/** What a reading can find wrong with a file, before any rule of SOFI. */
export const XML_FAULT_CODES = [
  'encodage',
  'mal-forme',
  'entites-interdites',
  'trop-profond',
  'trop-d-attributs',
  'trop-long',
  'racine-inconnue',
  'version-inconnue',
] as const;
export type XmlFaultCode = (typeof XML_FAULT_CODES)[number];

/** What the format refuses, in a file that could be read. */
export const SCHEMA_FAULT_CODES = [
  'element-inconnu',
  'element-mal-place',
  'element-en-trop',
  'element-manquant',
  'attribut-inconnu',
  'attribut-incorrect',
  'texte-inattendu',
  'trop-court',
  'trop-de-caracteres',
  'code-inconnu',
  'entier-incorrect',
  'date-incorrecte',
  'identifiant-repete',
  'schema',
] as const;
export type SchemaFaultCode = (typeof SCHEMA_FAULT_CODES)[number];

/**
 * One fault of a file. `line` counts from 1; `path` is a JSON pointer with names of elements and, for those that may be
 * repeated, their index from 0; `message` is French, for whoever sent the file.
 */
export interface LheoFault {
  readonly code: XmlFaultCode | SchemaFaultCode;
  readonly line: number;
  readonly path: string;
  readonly message: string;
}

/** Bytes that no declared or permitted encoding can read; thrown while decoding, turned into a fault by the reader. */
export class EncodageError extends Error {
  readonly code = 'encodage';
}
