import { z } from 'zod';
import { IMPORT_MODES } from '../model/vocabulary.ts';
import { instant, uuid } from './common.ts';

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
