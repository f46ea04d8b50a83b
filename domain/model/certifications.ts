import { toParisDay } from './calendar.ts';
import type { ParisDay } from './ids.ts';

export const HABILITATIONS = ['former', 'formerEtEvaluer', 'evaluer'] as const;
export type Habilitation = (typeof HABILITATIONS)[number];

/** A certification as the "Standard" export of France compétences describes it. */
export interface Certification {
  /** `RNCP…` or `RS…`. */
  readonly code: string;
  readonly intitule: string;
  readonly actif: boolean;
  readonly debut?: ParisDay;
  /** Last day on which it is registered. */
  readonly fin?: ParisDay;
  /** Registered by right: diplomas of ministries, whose partners need not be listed. */
  readonly deDroit: boolean;
}

/** A row of the "Partenaires" export: who may train or assess for a certification. */
export interface Partenaire {
  readonly code: string;
  readonly siret: string;
  readonly nom: string;
  readonly habilitation?: Habilitation;
}

/** A row of the "Certificateurs" export. */
export interface Certificateur {
  readonly code: string;
  readonly siret: string;
  readonly nom: string;
}

/** A row of a reference file, by its column names. */
export type CsvRow = Readonly<Record<string, string | undefined>>;

/** A row that was read, or what makes it unreadable. */
export type ParsedRow<T> =
  | { readonly kind: 'read'; readonly value: T }
  | { readonly kind: 'unreadable'; readonly reason: string };

export function readRow<T>(value: T): ParsedRow<T> {
  return { kind: 'read', value };
}

export function unreadable(reason: string): ParsedRow<never> {
  return { kind: 'unreadable', reason };
}

/** The text of a column, without the TAB or the BOM that exports put around it. */
export function cell(row: CsvRow, column: string): string {
  return (row[column] ?? '').replace(/^\ufeff/, '').trim();
}

/** `JJ/MM/AAAA` or `AAAA-MM-JJ` as a day; undefined when empty, `invalid` when it is no date. */
function dayOf(text: string): ParisDay | undefined | 'invalid' {
  if (text === '') return undefined;
  const french = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(text);
  return toParisDay(french === null ? text.slice(0, 10) : `${french[3]}-${french[2]}-${french[1]}`) ?? 'invalid';
}

const FICHE = /^(RNCP|RS)\d+$/;
const SIRET = /^\d{14}$/;

/** Reads one row of the "Standard" export; unknown columns are ignored. */
export function parseCertificationRow(row: CsvRow): ParsedRow<Certification> {
  const code = cell(row, 'Numero_Fiche').toUpperCase();
  if (!FICHE.test(code)) return unreadable(`Numero_Fiche "${code}"`);
  const actif = cell(row, 'Actif').toUpperCase();
  if (actif !== 'ACTIVE' && actif !== 'INACTIVE') return unreadable(`${code}: Actif "${actif}"`);
  const fin = dayOf(cell(row, 'Date_Fin_Enregistrement'));
  const debut = dayOf(cell(row, 'Date_Effet') || cell(row, 'Date_Decision'));
  if (fin === 'invalid' || debut === 'invalid') return unreadable(`${code}: date`);
  return readRow({
    code,
    intitule: cell(row, 'Intitule'),
    actif: actif === 'ACTIVE',
    deDroit: isDeDroit(cell(row, 'Type_Enregistrement')),
    ...(debut === undefined ? {} : { debut }),
    ...(fin === undefined ? {} : { fin }),
  });
}

const HABILITATION_WORDS: Readonly<Record<string, Habilitation>> = {
  HABILITATION_FORMER: 'former',
  HABILITATION_FORM: 'former',
  HABILITATION_ORGA_FORM: 'formerEtEvaluer',
  HABILITATION_ORGA: 'evaluer',
  HABILITATION_EVAL: 'evaluer',
};

/** What a word of the export permits; undefined for a word that is not known. */
export function habilitationOf(word: string): Habilitation | undefined {
  const key = word.trim().toUpperCase();
  return Object.hasOwn(HABILITATION_WORDS, key) ? HABILITATION_WORDS[key] : undefined;
}

/** True for a `Type_Enregistrement` that says the certification is registered by right. */
export function isDeDroit(typeEnregistrement: string): boolean {
  return /de droit/i.test(typeEnregistrement);
}

/** Reads one row of the "Partenaires" export; an unknown habilitation is kept as none, never as a right. */
export function parsePartenaireRow(row: CsvRow): ParsedRow<Partenaire> {
  const code = cell(row, 'Numero_Fiche').toUpperCase();
  if (!FICHE.test(code)) return unreadable(`Numero_Fiche "${code}"`);
  const siret = cell(row, 'Siret_Partenaire').replaceAll(' ', '');
  if (!SIRET.test(siret)) return unreadable(`${code}: Siret_Partenaire "${siret}"`);
  const habilitation = habilitationOf(cell(row, 'Habilitation_Partenaire'));
  const partenaire = { code, siret, nom: cell(row, 'Nom_Partenaire') };
  return readRow(habilitation === undefined ? partenaire : { ...partenaire, habilitation });
}
