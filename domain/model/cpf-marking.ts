import type { CpfSubject } from './certification-codes.ts';
import type { Certificateur, Certification, Partenaire } from './certifications.ts';
import type { ParisDay } from './ids.ts';
import type { ActionKind, OrganismePublic } from './organismes-publics.ts';
import type { TableState } from './tables.ts';
import type { CpfAnswer } from './vocabulary.ts';

/** Why a marking is what it is; screens translate them. */
export const CPF_REASONS = [
  'aucuneCertification',
  'certificationInconnue',
  'certificationInactive',
  'horsValidite',
  'datesInconnues',
  'siretAbsent',
  'nonHabilite',
  'habilitationDeDroit',
  'organismeInconnu',
  'nonQualiopi',
  'tableIncomplete',
  'eligible',
] as const;
export type CpfReason = (typeof CPF_REASONS)[number];

export type CpfTableName = 'certifications' | 'partenaires' | 'organismesPublics';

/** What is asked of one session; days are Paris days, absent when unknown. */
export interface CpfQuestion {
  readonly debut?: ParisDay;
  readonly fin?: ParisDay;
  /** Entries at any time between the two: eligible for the part of the interval in which the certification is active. */
  readonly permanente: boolean;
  readonly sujets: readonly CpfSubject[];
  /** SIRET of the organisme responsable; habilitation and Qualiopi match on its SIREN. */
  readonly siret: string;
  /** The kind of training action for which Qualiopi is looked at; formation unless said. */
  readonly action?: ActionKind;
}

export interface CpfProof {
  readonly subject?: string;
  readonly siren?: string;
  readonly certification?: Certification;
  readonly habilitation?: Partenaire | Certificateur;
  readonly organisme?: OrganismePublic;
  readonly tables: Readonly<Record<CpfTableName, { readonly state: TableState; readonly version?: string }>>;
}

/** The marking of one session: its answer, under which code and until when, and the rows that prove it. */
export interface CpfMarking {
  readonly answer: CpfAnswer;
  readonly code?: string;
  readonly source: 'RNCP' | 'RS' | 'sansRegistre' | 'aucune';
  /** Interval of eligibility; absent means without limit, or not eligible. */
  readonly debut?: ParisDay;
  readonly fin?: ParisDay;
  readonly reasons: readonly CpfReason[];
  readonly proof: CpfProof;
}
