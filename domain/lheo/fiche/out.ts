import type { LheoAttributs, LheoElement } from '../../grammar/types.ts';
import { isPublicContact } from '../../model/contacts.ts';
import type {
  ActionDocument,
  ChampsAction,
  ChampsFormation,
  FormationDocument,
  OrganismeDocument,
  Saisie,
  SessionDocument,
  Site,
} from '../../model/documents.ts';
import type { ParisDay } from '../../model/ids.ts';
import { toLheoDate } from '../../model/lheo-dates.ts';
import { withoutExportDates } from './in-extras.ts';
import { type CpfMark, type FreshnessMark, sessionExtras } from './out-extras.ts';
import { financeursOf } from './out-financeurs.ts';
import { formateurOut, publicContacts, requiredContacts, responsableOut } from './out-organisme.ts';
import { shownActions } from './out-shown.ts';

/** Paris days of one level: last changed by an accepted version, first accepted. */
export interface Days {
  readonly maj: ParisDay;
  readonly creee: ParisDay;
}

/** Everything a formation's bytes are a function of (design §7). */
export interface FormationInputs {
  readonly document: FormationDocument;
  /** Ids of the sessions and dispositifs shown, see `shownOn`. */
  readonly shown: ReadonlySet<string>;
  /** Accepted organismes by id: the responsable and the formateurs that are linked. */
  readonly organismes: ReadonlyMap<string, OrganismeDocument>;
  /** Of the formation, its actions and its sessions, by id. */
  readonly days: ReadonlyMap<string, Days>;
  /** Of eligible sessions only, by session id. */
  readonly cpf: ReadonlyMap<string, CpfMark>;
  /** Of sessions that were confirmed or are to confirm, by session id; none by default. */
  readonly fraicheur?: ReadonlyMap<string, FreshnessMark>;
}

/** A formation entered by hand holds no copy of its organisme: what LHÉO says of it comes from the accepted one. */
function isByHand({ champs }: FormationDocument): boolean {
  return champs['organisme-formation-responsable'] === undefined;
}

/** Ids of the accepted organismes (sites included) that the bytes of what is shown depend on; sorted. */
export function organismesShown(document: FormationDocument, shown: ReadonlySet<string>): string[] {
  const actions = shownActions(document, shown);
  const formateurs = actions.flatMap(({ formateur, champs }) =>
    formateur === undefined || hasFormateur(champs) ? [] : [formateur],
  );
  const needsResponsable =
    isByHand(document) ||
    keepsAllContacts(document.champs['organisme-formation-responsable']) ||
    publicContacts(document.champs['contact-formation']).length === 0 ||
    actions.some(({ site }) => site !== undefined);
  return [...new Set([...formateurs, ...(needsResponsable ? [document.organisme] : [])])].sort();
}

/** The LHÉO 2.3 `formation` of what is shown; no clock, no look-up, nothing that is not in `inputs`. */
export function formationOut(inputs: FormationInputs): LheoElement<'formation'> {
  const { document, organismes } = inputs;
  const responsable = organismes.get(document.organisme);
  const { champs } = document;
  const copy = champs['organisme-formation-responsable'];
  const formation: Saisie<LheoElement<'formation'>> = {
    ...champs,
    '@': attributsOut(champs, document, inputs),
    'contact-formation': requiredContacts(
      champs['contact-formation'],
      responsable,
    ) as ChampsFormation['contact-formation'],
    action: shownActions(document, inputs.shown).map((action) => actionOut(action, inputs)),
    'organisme-formation-responsable':
      copy === undefined ? responsable && responsableOut(responsable) : copyOut(copy, responsable),
  };
  return withoutExportDates(formation) as LheoElement<'formation'>;
}

/** It has contacts, and none that may be published. */
function keepsAllContacts(copy: OrganismeDocument['champs'] | undefined): boolean {
  const contacts = copy?.['contact-organisme'] ?? [];
  return contacts.length > 0 && publicContacts(contacts).length === 0;
}

/** A flow's own words on the organisme, less a contact that it tells to keep. */
function copyOut(copy: OrganismeDocument['champs'], responsable: OrganismeDocument | undefined) {
  const contacts = copy['contact-organisme'];
  if (contacts === undefined || contacts.every(isPublicContact)) return copy;
  const left = requiredContacts(contacts, responsable) as typeof contacts;
  return { ...copy, 'contact-organisme': left };
}

function actionOut(action: ActionDocument, inputs: FormationInputs): Saisie<LheoElement<'action'>> {
  const { financeurs } = financeursOf(action);
  return {
    ...action.champs,
    '@': attributsOut(action.champs, action, inputs),
    ...placeOut(action, inputs),
    ...formateursOut(action, inputs),
    session: action.sessions.map((session) => sessionOut(session, inputs)),
    'organisme-financeur': financeurs,
  };
}

function sessionOut(session: SessionDocument, inputs: FormationInputs): Saisie<LheoElement<'session'>> {
  return {
    ...session.champs,
    '@': attributsOut(session.champs, session, inputs),
    'contact-session': publicContacts(session.champs['contact-session']),
    extras: sessionExtras(session, inputs.cpf.get(session.id), inputs.fraicheur?.get(session.id)),
  };
}

/** A site of the organisme stands for the place that the action does not describe itself. */
function placeOut({ champs, site }: ActionDocument, { document, organismes }: FormationInputs): Partial<ChampsAction> {
  if (site === undefined || (champs['lieu-de-formation']?.length ?? 0) > 0) return {};
  const found = organismes.get(document.organisme)?.sites.find(({ id }) => id === site);
  return found === undefined ? {} : siteOut(found, champs);
}

function siteOut({ coordonnees, accessibilite }: Site, champs: ChampsAction): Partial<ChampsAction> {
  const access = champs['acces-handicapes'] ?? accessibilite;
  return { 'lieu-de-formation': [{ coordonnees }], ...(access === undefined ? {} : { 'acces-handicapes': access }) };
}

function hasFormateur(champs: ChampsAction): boolean {
  return (champs['organisme-formateur']?.length ?? 0) > 0;
}

/** By hand, an action without another formateur is delivered by the organisme responsable. */
function formateursOut(action: ActionDocument, { document, organismes }: FormationInputs): Partial<ChampsAction> {
  const { champs, formateur } = action;
  if (hasFormateur(champs)) {
    const received = champs['organisme-formateur'] ?? [];
    return { 'organisme-formateur': received.map((one) => withPublicContacts(one)) };
  }
  const id = formateur ?? (isByHand(document) ? document.organisme : undefined);
  const organisme = id === undefined ? undefined : organismes.get(id);
  return organisme === undefined ? {} : { 'organisme-formateur': [formateurOut(organisme)] };
}

type Formateur = NonNullable<ChampsAction['organisme-formateur']>[number];

function withPublicContacts(formateur: Formateur): Formateur {
  const contacts = formateur['contact-formateur'];
  return contacts === undefined ? formateur : { ...formateur, 'contact-formateur': publicContacts(contacts) };
}

/**
 * As received, but for the numero given here, the day of the last accepted change and the stamp of the source's export;
 * a day of creation is a flow's own to give, for an entry by hand it is that of its first acceptance.
 */
function attributsOut(
  champs: { readonly '@'?: LheoAttributs | undefined },
  { id, numero }: { readonly id: string; readonly numero?: string },
  { document, days }: FormationInputs,
): LheoAttributs {
  const { datemaj: _, 'horodatage-export': __, ...received } = champs['@'] ?? {};
  const known = days.get(id);
  return {
    ...(known !== undefined && isByHand(document) ? { datecrea: toLheoDate(known.creee) } : {}),
    ...received,
    ...(numero === undefined ? {} : { numero }),
    ...(known === undefined ? {} : { datemaj: toLheoDate(known.maj) }),
  };
}
