import { z } from 'zod';
import { day, instant, uuid } from './common.ts';

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
