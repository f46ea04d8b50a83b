import {
  type ActionDocument,
  type Dispositif,
  type FormationDocument,
  type SessionDocument,
  texteOf,
} from '../../../domain/model/documents.ts';
import { sirenOf } from '../../../domain/model/siret.ts';
import { contentHash } from '../content.ts';
import { cut, cutOrNull } from './version.ts';

const UNKNOWN_START = '00000000';
const UNKNOWN_END = '99999999';

function lheoDate(text: string, unknown: string): string {
  return /^\d{8}$/.test(text) ? text : unknown;
}

/** The columns of a formation that follow from its document. */
export function formationRow(formation: FormationDocument) {
  const { champs } = formation;
  const [certification] = champs.certification ?? [];
  return {
    id: formation.id,
    organisme: formation.organisme,
    numero: formation.numero ?? '',
    referenceOf: formation.referenceOf ?? null,
    intitule: cut(texteOf(champs['intitule-formation']), 255),
    certifiante: texteOf(champs.certifiante) === '1',
    rncp: cutOrNull(texteOf(certification?.['code-RNCP']), 10),
    rs: cutOrNull(texteOf(certification?.['code-RS']), 10),
    certifinfo: cutOrNull(texteOf(certification?.['code-CERTIFINFO']), 10),
  };
}

/** What can be told of an action without hashing all that is below it. */
export function actionFacts(action: ActionDocument, rang: number) {
  const { champs } = action;
  const adresse = champs['lieu-de-formation']?.[0]?.coordonnees?.adresse;
  const siret = texteOf(champs['organisme-formateur']?.[0]?.['SIRET-formateur']?.SIRET);
  return {
    id: action.id,
    numero: action.numero ?? '',
    numeroRecu: action.numeroRecu ?? null,
    formateur: action.formateur ?? null,
    formateurSiret: sirenOf(siret) === undefined ? null : cut(siret, 14),
    site: action.site ?? null,
    modalite: cutOrNull(texteOf(champs['modalites-enseignement']), 1),
    insee: cutOrNull(texteOf(adresse?.['code-INSEE-commune']), 5),
    commune: cutOrNull(texteOf(adresse?.ville), 50),
    permanente: texteOf(champs['modalites-entrees-sorties']) === '1',
    rang,
  };
}

/** Makes the hash of a level's own content. */
export type HashOf = (level: ActionDocument | SessionDocument) => string;

export function actionRow(action: ActionDocument, rang: number, hashOf: HashOf = contentHash) {
  return { ...actionFacts(action, rang), hash: hashOf(action) };
}

/** The first day of a session, `AAAAMMJJ`; `00000000` when it is unknown. */
export function debutOf({ champs }: SessionDocument): string {
  return lheoDate(texteOf(champs.periode?.debut), UNKNOWN_START);
}

export function sessionRow(session: SessionDocument, actionId: string, rang: number, hashOf: HashOf = contentHash) {
  const { champs } = session;
  return {
    id: session.id,
    action: actionId,
    numero: session.numero ?? '',
    numeroRecu: session.numeroRecu ?? null,
    debut: debutOf(session),
    fin: lheoDate(texteOf(champs.periode?.fin), UNKNOWN_END),
    etat: cutOrNull(texteOf(champs['etat-recrutement']), 1),
    rang,
    hash: hashOf(session),
  };
}

export function dispositifRow(dispositif: Dispositif, sessionId: string, rang: number) {
  return {
    id: dispositif.id,
    session: sessionId,
    code: cut(dispositif.codeFinanceur, 10),
    places: dispositif.nbPlaces ?? null,
    debut: cutOrNull(dispositif.debutValidite ?? '', 10),
    fin: cutOrNull(dispositif.finValidite ?? '', 10),
    origine: dispositif.origine,
    rang,
  };
}
