import type { FicheDocument, FormationDocument, OrganismeDocument } from '../documents.ts';
import type { ParisDay } from '../ids.ts';
import type { RegionSettings } from '../region.ts';
import type { ReferenceTables, TableName } from '../tables.ts';
import type { Channel, FicheKind } from '../vocabulary.ts';
import type { Bilingual } from '../words.ts';

/** What a rule does to a fiche that breaks it, or that it is not asked on this channel. */
export type Gravity = 'blocking' | 'warning' | 'off';

export const MOMENTS = ['depot', 'publication'] as const;
export type Moment = (typeof MOMENTS)[number];

export interface RuleContext {
  readonly channel: Channel;
  readonly today: ParisDay;
  readonly region: RegionSettings;
  readonly tables: ReferenceTables;
  /** `depot` (typing, deposit, approval) unless said; what is published ages without becoming wrong. */
  readonly moment?: Moment;
}

export type FindingValues = Readonly<Record<string, string | number>>;

/** One place where a rule does not hold, or where its table cannot tell. */
export interface Finding {
  readonly path: string;
  readonly values?: FindingValues;
  readonly nonVerifie?: true;
}

/** Changes of the clean sample fiche, by address; undefined removes. */
export type Edits = Readonly<Record<string, unknown>>;

export interface FailingExample {
  readonly edits: Edits;
  /** Addresses of the findings, in order. */
  readonly at: readonly string[];
}

/** The rule's own tests: what it lets pass and what it finds, on the sample fiche of its kind. */
export interface Examples {
  readonly pass: readonly Edits[];
  readonly fail: readonly FailingExample[];
  /** Where a table cannot tell: the addresses it answers `nonVerifie` at. */
  readonly unsure?: readonly FailingExample[];
}

/** A règle de gestion, as data (design §6). */
export interface Rule {
  readonly id: string;
  readonly on: readonly FicheKind[];
  readonly sentence: Bilingual;
  readonly severity: Readonly<Record<Channel, Gravity>>;
  readonly needs: readonly TableName[];
  readonly check: (fiche: FicheDocument, context: RuleContext) => Iterable<Finding>;
  readonly message: (values: FindingValues) => Bilingual;
  readonly mend: Bilingual;
  readonly mendBy: 'of' | 'moderateur' | 'administrateur';
  /** What it finds at fault takes two people to be approved; absent: one decides. */
  readonly twoPeople?: boolean;
  /** First and last day on which the rule is asked. */
  readonly validFrom?: ParisDay;
  readonly validUntil?: ParisDay;
  readonly examples: Examples;
}

/** Blocks everywhere: what cannot be read, shown or written as LHÉO. */
export const ALWAYS = { saisie: 'blocking', fichier: 'blocking', flux: 'blocking' } as const;
/** Blocks what an OF sends; a remark on another system's flow. */
export const BUT_FLOWS = { saisie: 'blocking', fichier: 'blocking', flux: 'warning' } as const;
/** Blocks what is typed, where it can be mended at once. */
export const WHILE_TYPING = { saisie: 'blocking', fichier: 'warning', flux: 'warning' } as const;
export const REMARK = { saisie: 'warning', fichier: 'warning', flux: 'warning' } as const;

type Check<D> = (fiche: D, context: RuleContext) => Iterable<Finding>;

export function ofFormation(check: Check<FormationDocument>): Check<FicheDocument> {
  return (fiche, context) => (fiche.kind === 'formation' ? check(fiche, context) : []);
}

export function ofOrganisme(check: Check<OrganismeDocument>): Check<FicheDocument> {
  return (fiche, context) => (fiche.kind === 'organisme' ? check(fiche, context) : []);
}

/** A message that quotes nothing. */
export function says(fr: string, en: string): () => Bilingual {
  return () => ({ fr, en });
}
