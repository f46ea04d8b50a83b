import { z } from 'zod';
import type { FicheDocument } from '../model/documents.ts';
import { CPF_ANSWERS } from '../model/vocabulary.ts';
import { day, uuid } from './common.ts';

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
