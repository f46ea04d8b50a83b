import { z } from 'zod';
import { instant } from './common.ts';

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
