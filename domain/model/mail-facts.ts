import type { FreshnessMailStage, MailKind } from './mail.ts';
import type { Clock, DecisionKind, FicheKind } from './vocabulary.ts';
import type { Bilingual } from './words.ts';

/** The fiche that a mail is about, as its reader knows it. */
export interface MailFiche {
  readonly kind: FicheKind;
  readonly titre: string;
  readonly organisme: string;
}

/** One session of a freshness mail; dates as LHÉO writes them, AAAAMMJJ. */
export interface MailSession {
  readonly titre: string;
  readonly stage: FreshnessMailStage;
  readonly debut: string;
  readonly fin: string;
  readonly lieu: string | null;
  /** Its last day has passed: what is asked for is its next dates. */
  readonly terminee: boolean;
}

interface MailRequest {
  /** The field in words, with the rows that lead to it. */
  readonly libelle: Bilingual;
  readonly comment: string;
}

interface AboutSoumission {
  readonly soumission: string;
  readonly fiche: MailFiche;
}

/** What each kind of mail tells, read when it is sent; instants in ms. */
export type MailFacts =
  | ({ readonly kind: 'recu'; readonly diffusion: number | null } & AboutSoumission)
  | ({
      readonly kind: 'corrections';
      /** Null when the checks sent it back. */
      readonly motif: string | null;
      readonly demandes: readonly MailRequest[];
      readonly parRegles: number | null;
    } & AboutSoumission)
  | ({ readonly kind: 'rappel'; readonly jour: number } & AboutSoumission)
  | ({
      readonly kind: 'decision';
      readonly sens: Exclude<DecisionKind, 'requestChanges'>;
      readonly motif: string | null;
      readonly retrait: boolean;
      readonly parRegle: boolean;
      readonly diffusion: number | null;
    } & AboutSoumission)
  | ({ readonly kind: 'annulation' } & AboutSoumission)
  | ({ readonly kind: 'abandon'; readonly jours: number } & AboutSoumission)
  | { readonly kind: 'publie'; readonly release: number; readonly titres: readonly string[]; readonly total: number }
  | {
      readonly kind: 'horsRelease';
      readonly fiches: readonly { readonly titre: string; readonly raison: string }[];
      readonly total: number;
    }
  | ({ readonly kind: 'retrait'; readonly motif: string | null; readonly sessions: number | null } & AboutSoumission)
  | ({ readonly kind: 'message'; readonly texte: string } & AboutSoumission)
  | ({ readonly kind: 'escalade'; readonly clock: Clock; readonly due: number } & AboutSoumission)
  | {
      readonly kind: 'fraicheur';
      readonly organismes: readonly string[];
      readonly sessions: readonly MailSession[];
      readonly total: number;
    }
  | { readonly kind: 'recapitulatif'; readonly parties: readonly MailFacts[]; readonly total: number }
  | { readonly kind: 'essai' };

export type FactsOf<K extends MailKind> = Extract<MailFacts, { readonly kind: K }>;

/** Entries of a list told in a mail; beyond, how many more there are. */
export const MAIL_LIST_MAX = 20;
