import { z } from 'zod';
import type { FicheDocument } from '../model/documents.ts';
import { CLOCKS, CPF_ANSWERS, IMPORT_MODES, ROLES } from '../model/vocabulary.ts';
import { day, instant, uuid } from './common.ts';

export const organismeRow = z.object({
  id: uuid,
  nda: z.string(),
  siret: z.string(),
  nom: z.string(),
  raisonSociale: z.string(),
  commune: z.string(),
  codePostal: z.string(),
  departement: z.string(),
  version: z.int(),
});

export const organisme = organismeRow.extend({ document: z.custom<FicheDocument>() });

export const siteRow = z.object({
  id: uuid,
  organisme: uuid,
  nom: z.string(),
  insee: z.string().nullable(),
  commune: z.string(),
  codePostal: z.string(),
  latitude: z.number().nullable(),
  longitude: z.number().nullable(),
});

export const formationRow = z.object({
  id: uuid,
  numero: z.string(),
  intitule: z.string(),
  organisme: z.object({ id: uuid, nom: z.string() }),
  certifiante: z.boolean(),
  rncp: z.string().nullable(),
  rs: z.string().nullable(),
  version: z.int(),
  /** Paris day of the last accepted change. */
  maj: day,
  actions: z.int(),
  sessions: z.int(),
  /** The release that shows it now, if any. */
  release: z.int().nullable(),
  /** The open soumission of the fiche, if any. */
  soumission: z.object({ id: uuid, statut: z.string() }).nullable(),
});

export const formation = formationRow.extend({
  document: z.custom<FicheDocument>(),
  cpf: z.array(
    z.object({
      session: uuid,
      answer: z.enum(CPF_ANSWERS),
      code: z.string().nullable(),
      debut: z.string().nullable(),
      fin: z.string().nullable(),
      proof: z.unknown(),
    }),
  ),
});

export const sessionRow = z.object({
  id: uuid,
  numero: z.string(),
  formation: z.object({ id: uuid, numero: z.string(), intitule: z.string() }),
  debut: z.string(),
  fin: z.string(),
  etatRecrutement: z.string().nullable(),
  cpf: z.enum(CPF_ANSWERS).nullable(),
});

const releaseAct = z.object({ by: uuid, at: instant, reason: z.string() });

export const release = z.object({
  n: z.int(),
  id: z.int(),
  kind: z.string(),
  state: z.string(),
  day,
  scheduled: z.boolean(),
  dryRun: z.boolean(),
  /** The release whose set a roll-back brought back. */
  target: z.int().nullable(),
  paused: releaseAct.nullable(),
  forced: releaseAct.nullable(),
  holdLifted: releaseAct.nullable(),
  step: z.string(),
  progress: z.record(z.string(), z.number()).nullable(),
  openedAt: instant,
  switchedAt: instant.nullable(),
  counts: z.object({ formations: z.int(), actions: z.int(), sessions: z.int(), organismes: z.int() }).nullable(),
  difference: z.object({ added: z.int(), changed: z.int(), deleted: z.int(), reRendered: z.int() }).nullable(),
  keptOut: z.array(z.object({ fiche: uuid, numero: z.string(), reason: z.string() })),
  /** Sessions that vanish or would, ended and withdrawn ones apart, and of how many. */
  gone: z.object({ sessions: z.int(), of: z.int() }).nullable(),
  /** Organismes whose previous bytes stay, by the circuit breaker. */
  organismes: z.array(z.object({ organisme: uuid, gone: z.int(), of: z.int() })),
  /** Why it was not switched. */
  reason: z.string().nullable(),
  files: z.array(z.object({ name: z.string(), mediaType: z.string(), size: z.int(), sha256: z.string() })),
});

export const releaseChange = z.object({
  fiche: uuid,
  numero: z.string(),
  intitule: z.string(),
  organisme: z.string(),
  what: z.enum(['added', 'changed', 'deleted', 'reRendered']),
  reason: z.string().nullable(),
  keptOut: z.string().nullable(),
});

export const rollBackPreview = z.object({
  counts: z.object({ revient: z.int(), part: z.int(), echue: z.int(), urgence: z.int() }),
  lines: z.array(z.object({ fiche: uuid, numero: z.string(), what: z.enum(['revient', 'part', 'echue', 'urgence']) })),
});

/** How publication is doing. */
export const publicationHealth = z.object({
  /** The release that is served. */
  current: z.int().nullable(),
  lastSwitch: instant.nullable(),
  hold: z.object({ release: z.int(), target: z.int(), since: instant }).nullable(),
  alertes: z.array(
    z.object({
      code: z.enum(['sansBascule', 'arretee', 'cedee', 'organismes', 'retenue']),
      release: z.int().nullable(),
    }),
  ),
});

export const horaire = z.object({
  id: z.string(),
  paused: z.boolean(),
  note: z.string().nullable(),
  /** The next runs, soonest first. */
  next: z.array(instant),
  last: instant.nullable(),
});

const reportLine = z.object({
  line: z.int(),
  numero: z.string().nullable(),
  path: z.string(),
  code: z.string(),
  message: z.string(),
});

export const importReport = z.object({
  id: uuid,
  source: z.string(),
  mode: z.enum(IMPORT_MODES),
  dryRun: z.boolean(),
  nom: z.string().nullable(),
  state: z.enum(['running', 'done', 'failed']),
  error: z.object({ code: z.string(), message: z.string() }).nullable(),
  read: z.int(),
  created: z.int(),
  changed: z.int(),
  unchanged: z.int(),
  mended: z.int(),
  warned: z.int(),
  absent: z.int(),
  refused: z.array(reportLine),
  remarques: z.array(reportLine.extend({ kind: z.string() })),
  organismes: z.object({ created: z.int(), changed: z.int(), unchanged: z.int() }),
  startedAt: instant,
  finishedAt: instant.nullable(),
});
export type ImportReport = z.infer<typeof importReport>;

export const me = z.object({
  id: uuid,
  nom: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
  langue: z.string(),
  organismes: z.array(z.object({ id: uuid, nom: z.string(), accepted: z.boolean() })),
  /** Sent back as `X-CSRF-Token` with each write made with the login cookie. */
  csrfToken: z.string().nullable(),
  region: z.object({ nom: z.string(), prefixe: z.string(), courriel: z.string(), telephone: z.string() }),
  demo: z.boolean(),
});
export type Me = z.infer<typeof me>;

export const referentiel = z.object({
  /** Name and version: a list may be kept in several. */
  id: z.string(),
  nom: z.string(),
  version: z.string(),
  state: z.string(),
  lignes: z.int(),
  /** Absent for the tables that come with the platform. */
  loadedAt: instant.nullable(),
  alerte: z.string().nullable(),
});

/** One code of a table or dictionary, as a search box offers it. */
export const codeFound = z.object({
  code: z.string(),
  label: z.string(),
  version: z.string().optional(),
  detail: z.string().optional(),
  latitude: z.number().optional(),
  longitude: z.number().optional(),
});

export const cpfAnswer = z.object({
  certification: z.string(),
  siret: z.string(),
  answer: z.enum(CPF_ANSWERS),
  code: z.string().nullable(),
  debut: day.nullable(),
  fin: day.nullable(),
  reasons: z.array(z.string()),
  proof: z.unknown(),
});

const figure = z.object({ kept: z.int(), missed: z.int(), running: z.int() });
/** The promise over 90 days, by source and clock; what rules or trusted imports decided is told apart. */
export const promesse = z.object({
  days: z.int(),
  rows: z.array(figure.extend({ source: z.string(), clock: z.enum(CLOCKS), humain: z.boolean() })),
  /** What people decide, by the Paris day on which it was due. */
  jours: z.array(z.object({ day: z.iso.date(), clock: z.enum(CLOCKS), kept: z.int(), missed: z.int() })),
});
