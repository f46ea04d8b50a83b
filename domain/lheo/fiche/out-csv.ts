import type { LheoElement, LheoTexte } from '../../grammar/types.ts';
import { texteOf } from '../../model/documents.ts';
import { extraTextes, infoOf } from './in-extras.ts';

type Formation = LheoElement<'formation'>;
type Action = Formation['action'][number];
type Session = Action['session'][number];

interface Level {
  readonly formation: Formation;
  readonly action: Action;
  readonly session: Session;
}

const numeroOf = (level: { readonly '@'?: { readonly numero?: string | undefined } | undefined }) =>
  level['@']?.numero ?? '';
const list = (values: readonly (LheoTexte | undefined)[]) =>
  values
    .map((value) => texteOf(value).trim())
    .filter((value) => value !== '')
    .join(' ');
const placeOf = ({ action }: Level) => action['lieu-de-formation']?.[0]?.coordonnees?.adresse;

/** What a session's own extras say of its freshness, `AAAAMMJJ` or 1; empty when they do not. */
export const freshnessOf = ({ extras = [] }: Session, info: 'confirmee-le' | 'a-confirmer'): string =>
  extras
    .filter((item) => infoOf(item) === 'fraicheur')
    .flatMap(extraTextes)
    .find((one) => one.info === info)?.texte ?? '';

/** The columns of `sessions.csv`, in order; codes are LHÉO's. */
const SESSION_COLUMNS: Readonly<Record<string, (level: Level) => string>> = {
  numero_session: ({ session }) => numeroOf(session),
  numero_action: ({ action }) => numeroOf(action),
  numero_formation: ({ formation }) => numeroOf(formation),
  intitule: ({ formation }) => texteOf(formation['intitule-formation']),
  organisme: ({ formation }) => texteOf(formation['organisme-formation-responsable']['nom-organisme']),
  siret_organisme: ({ formation }) =>
    texteOf(formation['organisme-formation-responsable']['SIRET-organisme-formation']?.SIRET),
  certifiante: ({ formation }) => texteOf(formation.certifiante),
  code_rncp: ({ formation }) => list((formation.certification ?? []).map((one) => one['code-RNCP'])),
  code_rs: ({ formation }) => list((formation.certification ?? []).map((one) => one['code-RS'])),
  codes_formacode: ({ formation }) => list(formation['domaine-formation']['code-FORMACODE'] ?? []),
  debut: ({ session }) => texteOf(session.periode?.debut),
  fin: ({ session }) => texteOf(session.periode?.fin),
  etat_recrutement: ({ session }) => texteOf(session['etat-recrutement']),
  modalites_enseignement: ({ action }) => texteOf(action['modalites-enseignement']),
  codes_financeur: ({ action }) => list((action['organisme-financeur'] ?? []).map((one) => one['code-financeur'])),
  eligible_cpf: ({ session }) =>
    (session.extras ?? []).some((item) => infoOf(item) === 'eligibilite-cpf') ? '1' : '0',
  confirmee_le: ({ session }) => freshnessOf(session, 'confirmee-le'),
  a_confirmer: ({ session }) => freshnessOf(session, 'a-confirmer') || '0',
  code_postal: (level) => texteOf(placeOf(level)?.codepostal),
  ville: (level) => texteOf(placeOf(level)?.ville),
  code_insee: (level) => texteOf(placeOf(level)?.['code-INSEE-commune']),
};

/** The columns of `organismes.csv`, in order. */
const ORGANISME_COLUMNS: Readonly<Record<string, (resume: LheoElement<'resume-organisme'>) => string>> = {
  numero: numeroOf,
  nom: (resume) => texteOf(resume['nom-organisme']),
  raison_sociale: (resume) => texteOf(resume['raison-sociale']),
  siret: (resume) => texteOf(resume.SIRET),
  numero_activite: (resume) => texteOf(resume['numero-activite']),
};

function cell(value: string): string {
  return /["\n\r,]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

const line = (cells: readonly string[]) => `${cells.map(cell).join(',')}\n`;

/** First line of `sessions.csv`. */
export const SESSIONS_HEAD = line(Object.keys(SESSION_COLUMNS));
/** First line of `organismes.csv`. */
export const ORGANISMES_HEAD = line(Object.keys(ORGANISME_COLUMNS));

/** The lines of a published formation's sessions (RFC 4180, UTF-8). */
export function sessionLines(formation: Formation): string {
  return formation.action
    .flatMap((action) => action.session.map((session) => ({ formation, action, session })))
    .map((level) => line(Object.values(SESSION_COLUMNS).map((read) => read(level))))
    .join('');
}

/** The line of a published organisme. */
export function organismeLine(resume: LheoElement<'resume-organisme'>): string {
  return line(Object.values(ORGANISME_COLUMNS).map((read) => read(resume)));
}
