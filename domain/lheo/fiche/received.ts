import type { LheoElement } from '../../grammar/types.ts';
import type { FormationDocument, OrganismeDocument, Saisie } from '../../model/documents.ts';
import type { ActionId, DispositifId, FicheId, SessionId } from '../../model/ids.ts';

/** Who gives ids to what a file brings; the caller decides how they are made. */
export interface NewIds {
  fiche(): FicheId;
  action(): ActionId;
  session(): SessionId;
  dispositif(): DispositifId;
}

/** A `formation` as the reader gives it: nothing is sure but the form. */
export type LheoFormation = Saisie<LheoElement<'formation'>>;
export type LheoAction = Saisie<LheoElement<'action'>>;
export type LheoSession = Saisie<LheoElement<'session'>>;
export type LheoFinanceur = Saisie<LheoElement<'organisme-financeur'>>;
export type LheoExtrasIn = Saisie<LheoElement<'extras'>>;

/** What a feed of SOFI says of a session's freshness (design §3); it is no part of the fiche. */
export interface FraicheurRecue {
  readonly session: SessionId;
  /** `AAAA-MM-JJ`. */
  readonly confirmeeLe?: string;
  readonly aConfirmer: boolean;
}

/** One formation of a file, as the candidates of two fiches, every id new. */
export interface ReceivedFormation {
  readonly formation: FormationDocument;
  /** Undefined when the file names no organisme responsable. */
  readonly organisme: OrganismeDocument | undefined;
  readonly fraicheur: readonly FraicheurRecue[];
}
