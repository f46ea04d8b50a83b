import { type ChampsOrganisme, texteOf } from '../../model/documents.ts';

/** What tells one organisme from another: NDA and SIRET, empty where the file gives none (design §3). */
export interface OrganismeKey {
  readonly nda: string;
  readonly siret: string;
  /** A text equal for the same organisme, whatever it lacks. */
  readonly cle: string;
}

/** `00000000000` is none and `99999999999` a school's; so is any run of one of these digits. */
const NO_NUMBER = /^(0*|9*)$/;
const CLE_MAX = 290;

/** The key of an organisme as a file names it: NDA and SIRET, else UAI, else its name. */
export function organismeKey(champs: ChampsOrganisme): OrganismeKey {
  const nda = numberOf(texteOf(champs['numero-activite']));
  const siret = numberOf(texteOf(champs['SIRET-organisme-formation']?.SIRET));
  return { nda, siret, cle: `organisme|${nda}|${siret}${nda !== '' && siret !== '' ? '' : otherKey(champs)}` };
}

function numberOf(text: string): string {
  const collapsed = text.replace(/\s+/g, '').toUpperCase();
  return NO_NUMBER.test(collapsed) ? '' : collapsed;
}

function otherKey(champs: ChampsOrganisme): string {
  const uai = texteOf(champs['code-UAI-organisme-formation']?.['code-UAI']).trim();
  if (uai !== '') return `|uai|${uai}`;
  const nom = texteOf(champs['raison-sociale']) || texteOf(champs['nom-organisme']);
  return `|nom|${nom.trim().toLowerCase().replace(/\s+/g, ' ')}`.slice(0, CLE_MAX - 50);
}
