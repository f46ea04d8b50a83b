export const FICHE_KINDS = ['organisme', 'formation'] as const;
export type FicheKind = (typeof FICHE_KINDS)[number];

export const SOUMISSION_KINDS = ['creation', 'change', 'withdrawal'] as const;
export type SoumissionKind = (typeof SOUMISSION_KINDS)[number];

export const STATUTS = [
  'brouillon',
  'deposee',
  'controlee',
  'enRevue',
  'correctionsDemandees',
  'validee',
  'publiee',
  'refusee',
  'retiree',
  'abandonnee',
] as const;
export type Statut = (typeof STATUTS)[number];

/** Where a soumission came from; interface.md §3. */
export const SOURCES = ['saisie', 'fichier', 'flux', 'courriel', 'api'] as const;
export type Source = (typeof SOURCES)[number];

/** Which severity of a rule applies: by hand, an OF's own file, another system's flow (design §6). */
export const CHANNELS = ['saisie', 'fichier', 'flux'] as const;
export type Channel = (typeof CHANNELS)[number];

export const ROLES = ['of', 'moderateur', 'administrateur', 'consommateur'] as const;
export type Role = (typeof ROLES)[number];

export const DECISION_KINDS = ['approve', 'refuse', 'requestChanges'] as const;
export type DecisionKind = (typeof DECISION_KINDS)[number];

export const CLOCKS = ['alimentation', 'traitement', 'diffusion'] as const;
export type Clock = (typeof CLOCKS)[number];

export const CONDUITES = ['workflow', 'lot'] as const;
export type Conduite = (typeof CONDUITES)[number];

export const IMPORT_MODES = ['partiel', 'complet'] as const;
export type ImportMode = (typeof IMPORT_MODES)[number];

export const CPF_ANSWERS = ['oui', 'non', 'nonVerifie'] as const;
export type CpfAnswer = (typeof CPF_ANSWERS)[number];

/** Reasons a moderator picks from when asking for changes on a field. */
export const FIELD_REASONS = [
  'absent',
  'incorrect',
  'imprecis',
  'incoherent',
  'nonConforme',
  'doublon',
  'autre',
] as const;
export type FieldReason = (typeof FIELD_REASONS)[number];

/** How a source's imports are handled; interface.md §3. */
export const IMPORT_SOURCES = {
  fichier: { trusted: false, channel: 'fichier', complet: false },
  intercarif: { trusted: false, channel: 'flux', complet: false },
  onisep: { trusted: true, channel: 'flux', complet: true },
  reprise: { trusted: true, channel: 'flux', complet: true },
} as const;
export type ImportSource = keyof typeof IMPORT_SOURCES;
