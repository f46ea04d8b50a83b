import { z } from 'zod';
import type { FicheDocument } from '../model/documents.ts';
import { STATUTS } from '../model/vocabulary.ts';
import { isTexte, texte, uuid } from './common.ts';
import { controle } from './soumission.contract.ts';

const MAX_DEPTH = 12;
const TEXTE_MAX = 20_000;
const KEY_MAX = 80;

/** JSON of a document: bounded depth, texts without control characters, no `__proto__`; LHÉO's limits are the rules' business. */
const champs = z.custom<Record<string, unknown>>((value) => isPlain(value, 0), { message: 'champs-invalides' });

function isPlain(value: unknown, depth: number): boolean {
  if (depth > MAX_DEPTH) return false;
  if (typeof value === 'string') return isTexte(value, TEXTE_MAX);
  if (Array.isArray(value)) return value.length <= 2_000 && value.every((item) => isPlain(item, depth + 1));
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).every(
    ([key, item]) => key !== '__proto__' && isTexte(key, KEY_MAX, 1) && isPlain(item, depth + 1),
  );
}

export const dispositif = z.strictObject({
  id: uuid,
  codeFinanceur: texte(10),
  publics: z.array(z.strictObject({ code: texte(10), ref: texte(20).optional() })).max(20),
  debutValidite: texte(10).optional(),
  finValidite: texte(10).optional(),
  nbPlaces: z.int().min(0).max(99_999).optional(),
  lieu: texte(250).optional(),
  origine: z.enum(['action', 'session']),
  recu: champs.optional(),
});

export const sessionDocument = z.strictObject({
  id: uuid,
  numero: texte(255).optional(),
  numeroRecu: texte(255).optional(),
  champs,
  dispositifs: z.array(dispositif).max(100),
  recu: champs.optional(),
});

export const actionDocument = z.strictObject({
  id: uuid,
  numero: texte(255).optional(),
  numeroRecu: texte(255).optional(),
  formateur: uuid.optional(),
  site: uuid.optional(),
  champs,
  sessions: z.array(sessionDocument).max(2_000),
});

export const formationDocument = z.strictObject({
  kind: z.literal('formation'),
  id: uuid,
  organisme: uuid,
  numero: texte(255).optional(),
  referenceOf: texte(255).optional(),
  champs,
  actions: z.array(actionDocument).max(500),
});

export const site = z.strictObject({
  id: uuid,
  nom: texte(250),
  coordonnees: champs,
  accessibilite: texte(250).optional(),
});

export const organismeDocument = z.strictObject({
  kind: z.literal('organisme'),
  id: uuid,
  champs,
  sites: z.array(site).max(500),
});

/** One fiche as it may be sent: ids must be the fiche's own, the rest is judged by the rules. */
export const ficheDocument = z.discriminatedUnion('kind', [organismeDocument, formationDocument]);

/** What the contract has parsed, as the model knows it; the one place where it becomes the model's type. */
export function asFicheDocument(parsed: z.infer<typeof ficheDocument>): FicheDocument {
  return parsed as unknown as FicheDocument;
}

/** Parses a document that comes from outside. */
export function parseFicheDocument(value: unknown): FicheDocument {
  return asFicheDocument(ficheDocument.parse(value));
}

/** Creates a draft: a new fiche, or the next content of one (`fiche`). */
export const brouillonBody = z.strictObject({ document: ficheDocument, pourOrganisme: uuid.optional() });

export const brouillon = z.object({
  id: uuid,
  ficheId: uuid,
  statut: z.enum(STATUTS),
  saveNumber: z.int(),
  document: z.custom<FicheDocument>(),
  baseVersion: z.int(),
  /** What the rules say of it now, in the asked language. */
  faults: z.array(controle),
  /** Completeness of each letter, 0 to 1. */
  completeness: z.object({ F: z.number(), A: z.number(), S: z.number(), D: z.number() }).nullable(),
});
export type BrouillonDto = z.infer<typeof brouillon>;
