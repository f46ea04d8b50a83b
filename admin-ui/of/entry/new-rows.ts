import type {
  ActionDocument,
  Dispositif,
  FormationDocument,
  OrganismeDocument,
  SessionDocument,
  Site,
} from '../../../domain/model/documents.ts';
import type { ActionId, DispositifId, FicheId, SessionId, SiteId } from '../../../domain/model/ids.ts';
import { newId } from '../../shared/words/ids.ts';

export function newFormation(organisme: string): FormationDocument {
  return {
    kind: 'formation',
    id: newId() as FicheId,
    organisme: organisme as FicheId,
    champs: {},
    actions: [newAction()],
  };
}

export function newOrganisme(): OrganismeDocument {
  return { kind: 'organisme', id: newId() as FicheId, champs: {}, sites: [] };
}

export function newAction(): ActionDocument {
  return { id: newId() as ActionId, champs: {}, sessions: [newSession()] };
}

export function newSession(): SessionDocument {
  return { id: newId() as SessionId, champs: {}, dispositifs: [] };
}

export function newDispositif(): Dispositif {
  return { id: newId() as DispositifId, codeFinanceur: '', publics: [], origine: 'session' };
}

export function newSite(): Site {
  return { id: newId() as SiteId, nom: '', coordonnees: {} };
}

/** The same session as another one: ids are new and numeros are not carried over. */
export function copySession({ champs, dispositifs }: SessionDocument): SessionDocument {
  return { id: newId() as SessionId, champs, dispositifs: dispositifs.map(copyDispositif) };
}

export function copyDispositif(dispositif: Dispositif): Dispositif {
  return { ...dispositif, id: newId() as DispositifId };
}

export function copyAction({ champs, sessions, formateur, site }: ActionDocument): ActionDocument {
  return {
    id: newId() as ActionId,
    champs,
    sessions: sessions.map(copySession),
    ...(formateur === undefined ? {} : { formateur }),
    ...(site === undefined ? {} : { site }),
  };
}
