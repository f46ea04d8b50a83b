import { type CsvRow, cell, type ParsedRow, readRow, unreadable } from './certifications.ts';

/** The kinds of training action that Qualiopi certifies apart (article L. 6313-1 of the code du travail). */
export const ACTION_KINDS = ['formation', 'bilan', 'vae', 'apprentissage'] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** A row of the DGEFP's public list of training organisations. */
export interface OrganismePublic {
  readonly nda: string;
  readonly siren: string;
  readonly siret?: string;
  readonly denomination: string;
  readonly qualiopi: Readonly<Record<ActionKind, boolean>>;
  readonly codePostal?: string;
  readonly ville?: string;
}

const QUALIOPI_COLUMNS: Record<ActionKind, string> = {
  formation: 'certifications.actionsDeFormation',
  bilan: 'certifications.bilansDeCompetences',
  vae: 'certifications.VAE',
  apprentissage: 'certifications.actionsDeFormationParApprentissage',
};

const YES = new Set(['true', 'vrai', 'oui', '1']);

/** The list's SIRET column holds either the whole SIRET or its last five digits (NIC). */
function siretOf(siren: string, text: string): string | undefined {
  if (/^\d{14}$/.test(text)) return text;
  return /^\d{1,5}$/.test(text) ? siren + text.padStart(5, '0') : undefined;
}

/** Reads one row of the public list; unknown columns are ignored, leading zeros that a spreadsheet ate are put back. */
export function parseOrganismePublicRow(row: CsvRow): ParsedRow<OrganismePublic> {
  const nda = cell(row, 'numeroDeclarationActivite').padStart(11, '0');
  const siren = cell(row, 'siren').replaceAll(' ', '').padStart(9, '0');
  if (!/^[0-9A-Z]{11}$/.test(nda) || /^0+$/.test(nda)) return unreadable(`numeroDeclarationActivite "${nda}"`);
  if (!/^\d{9}$/.test(siren) || /^0+$/.test(siren)) return unreadable(`${nda}: siren "${siren}"`);
  const certified = (kind: ActionKind) => YES.has(cell(row, QUALIOPI_COLUMNS[kind]).toLowerCase());
  const siret = siretOf(siren, cell(row, 'siretEtablissementDeclarant').replaceAll(' ', ''));
  const codePostal = cell(row, 'adressePhysiqueOrganismeFormation.codePostal');
  const ville = cell(row, 'adressePhysiqueOrganismeFormation.ville');
  return readRow({
    nda,
    siren,
    denomination: cell(row, 'denomination'),
    qualiopi: {
      formation: certified('formation'),
      bilan: certified('bilan'),
      vae: certified('vae'),
      apprentissage: certified('apprentissage'),
    },
    ...(siret === undefined ? {} : { siret }),
    ...(codePostal === '' ? {} : { codePostal }),
    ...(ville === '' ? {} : { ville }),
  });
}
