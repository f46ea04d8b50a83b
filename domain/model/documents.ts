import type { LheoAttributs, LheoElement, LheoTexte } from '../grammar/types.ts';
import type { ActionId, DispositifId, FicheId, SessionId, SiteId } from './ids.ts';

/**
 * What is typed or received may still be incomplete: the rules say what is missing, not the types. Arrays keep their
 * order; every element keeps its attributes under `@`, a text with attributes its text under `#`.
 */
export type Saisie<T> = T extends string
  ? T
  : T extends readonly (infer I)[]
    ? readonly Saisie<I>[]
    : T extends object
      ? { readonly [K in keyof T]?: Saisie<T[K]> | undefined }
      : T;

/** LHÉO's fields of one level, without the levels below and what SOFI holds apart. */
export type ChampsFormation = Omit<Saisie<LheoElement<'formation'>>, 'action'>;
export type ChampsAction = Omit<Saisie<LheoElement<'action'>>, 'session' | 'organisme-financeur'>;
export type ChampsSession = Saisie<LheoElement<'session'>>;
export type ChampsOrganisme = Saisie<LheoElement<'organisme-formation-responsable'>>;

/** A funding of one session (D); `origine` says whether it was entered for the session or spread from its action. */
export interface Dispositif {
  readonly id: DispositifId;
  readonly codeFinanceur: string;
  /** Codes of publics in a version of Formacode; empty means the action's publics. */
  readonly publics: readonly { readonly code: string; readonly ref?: string }[];
  /** `AAAA-MM-JJ`; absent means no limit. */
  readonly debutValidite?: string;
  readonly finValidite?: string;
  readonly nbPlaces?: number;
  readonly lieu?: string;
  readonly origine: 'action' | 'session';
  /** The rest of a received `organisme-financeur` (attributes, texts with attributes, extras), sent out once per action. */
  readonly recu?: Omit<Saisie<LheoElement<'organisme-financeur'>>, never>;
}

export interface SessionDocument {
  readonly id: SessionId;
  /** Absent until the first acceptance of an entry by hand. */
  readonly numero?: string;
  /** The numero as the source gave it, when SOFI had to give another. */
  readonly numeroRecu?: string;
  readonly champs: ChampsSession;
  readonly dispositifs: readonly Dispositif[];
  /** Received and kept, never sent out: the source's own `eligibilite-cpf`. */
  readonly recu?: { readonly eligibiliteCpf?: readonly Saisie<LheoElement<'extras'>>[] };
}

export interface ActionDocument {
  readonly id: ActionId;
  readonly numero?: string;
  readonly numeroRecu?: string;
  /** The accepted organisme that delivers it, when it is known here; else the formateur stays data of `champs`. */
  readonly formateur?: FicheId;
  /** The site where it is given, when it is one of the organisme's sites; else the place stays data of `champs`. */
  readonly site?: SiteId;
  readonly champs: ChampsAction;
  readonly sessions: readonly SessionDocument[];
}

export interface FormationDocument {
  readonly kind: 'formation';
  readonly id: FicheId;
  /** The organisme responsable's fiche. */
  readonly organisme: FicheId;
  readonly numero?: string;
  /** The OF's own number, unique per organisme. */
  readonly referenceOf?: string;
  /** With `organisme-formation-responsable` as received from a flow; without it the accepted organisme is sent out. */
  readonly champs: ChampsFormation;
  readonly actions: readonly ActionDocument[];
}

export interface Site {
  readonly id: SiteId;
  readonly nom: string;
  readonly coordonnees: Saisie<LheoElement<'coordonnees'>>;
  readonly accessibilite?: string;
}

export interface OrganismeDocument {
  readonly kind: 'organisme';
  readonly id: FicheId;
  readonly champs: ChampsOrganisme;
  readonly sites: readonly Site[];
}

/** One fiche, as it is entered, moderated, versioned and published. */
export type FicheDocument = OrganismeDocument | FormationDocument;

/** The text of a leaf, whatever its attributes; empty when absent. */
export function texteOf(value: LheoTexte | undefined): string {
  return value === undefined ? '' : typeof value === 'string' ? value : (value['#'] ?? '');
}

/** The attributes of a leaf or of an element; none gives an empty record. */
export function attributsOf(value: LheoTexte | { readonly '@'?: LheoAttributs } | undefined): LheoAttributs {
  return value === undefined || typeof value === 'string' ? {} : (value['@'] ?? {});
}
