import type { LheoElement } from '../../grammar/types.ts';
import { isPublicContact } from '../../model/contacts.ts';
import { type OrganismeDocument, type Saisie, texteOf } from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { toLheoDate } from '../../model/lheo-dates.ts';

type Coordonnees = Saisie<LheoElement<'coordonnees'>>;

interface Contact {
  readonly coordonnees?: Coordonnees | undefined;
}

/** The number that goes out for a school, which may lack a declaration of activity (design §3). */
const NDA_ECOLE = '99999999999';
const NO_NDA = /^0*$/;

/** The contacts that may be published. */
export function publicContacts<T>(contacts: readonly T[] | undefined): readonly T[] {
  return (contacts ?? []).filter(isPublicContact);
}

/** Where LHÉO requires a contact and none is left: the organisme's address, without a name. */
export function requiredContacts<T>(
  contacts: readonly T[] | undefined,
  organisme: OrganismeDocument | undefined,
): readonly (T | Contact)[] {
  const shown = publicContacts(contacts);
  const adresse = organisme?.champs['coordonnees-organisme']?.coordonnees?.adresse;
  if (shown.length > 0 || adresse === undefined) return shown;
  return [{ coordonnees: { adresse } }];
}

/** The accepted organisme as a formation's `organisme-formation-responsable`. */
export function responsableOut(organisme: OrganismeDocument): Saisie<LheoElement<'organisme-formation-responsable'>> {
  const { champs } = organisme;
  return {
    ...champs,
    'numero-activite': ndaOut(organisme),
    'contact-organisme': requiredContacts(champs['contact-organisme'], organisme),
  };
}

/** The accepted organisme as an action's `organisme-formateur`. */
export function formateurOut({ champs }: OrganismeDocument): Saisie<LheoElement<'organisme-formateur'>> {
  const uai = champs['code-UAI-organisme-formation'];
  const contacts = publicContacts(champs['contact-organisme']);
  return {
    'SIRET-formateur': { SIRET: champs['SIRET-organisme-formation']?.SIRET },
    'raison-sociale-formateur': champs['raison-sociale'],
    ...(contacts.length === 0 ? {} : { 'contact-formateur': contacts }),
    ...(champs.potentiel === undefined ? {} : { potentiel: champs.potentiel }),
    ...(uai === undefined ? {} : { 'code-UAI-formateur': uai }),
  };
}

/** The line of an organisme in an index: its bytes as a member of a release (design §7). */
export function resumeOrganismeOut(
  organisme: OrganismeDocument,
  maj: ParisDay | undefined,
): Saisie<LheoElement<'resume-organisme'>> {
  const { champs } = organisme;
  return {
    '@': { numero: organismeNumero(organisme), ...(maj === undefined ? {} : { datemaj: toLheoDate(maj) }) },
    'nom-organisme': champs['nom-organisme'],
    'raison-sociale': champs['raison-sociale'],
    SIRET: champs['SIRET-organisme-formation']?.SIRET,
    'numero-activite': ndaOut(organisme),
  };
}

/** What names an organisme in a release: its own numero, else NDA and SIRET, which are unique together. */
export function organismeNumero({ champs, id }: OrganismeDocument): string {
  const parts = [champs['numero-activite'], champs['SIRET-organisme-formation']?.SIRET].map((one) =>
    texteOf(one).trim(),
  );
  return champs['@']?.numero ?? (parts.every((part) => part === '') ? id : parts.join('_'));
}

function ndaOut({ champs }: OrganismeDocument): Saisie<LheoElement<'numero-activite'>> | undefined {
  const nda = champs['numero-activite'];
  const school = champs['code-UAI-organisme-formation'] !== undefined;
  return school && NO_NDA.test(texteOf(nda).trim()) ? NDA_ECOLE : nda;
}
