import { defineEntity, p } from '@mikro-orm/core';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { FICHE_KINDS } from '../../domain/model/vocabulary.ts';

/** What is moderated as one thing; its row is locked by every decision, and heads the journal's chain. */
export const Fiche = defineEntity({
  name: 'Fiche',
  tableName: 'fiche',
  indexes: [{ name: 'fiche_organisme_index', properties: ['organismeId'] }],
  properties: {
    id: p.uuid().primary(),
    kind: p.enum([...FICHE_KINDS]),
    /** The organisme responsable; an organisme's own id for an organisme. */
    organismeId: p.uuid(),
    /** Number of the last accepted version; 0 before the first. */
    versionN: p.integer().default(0),
    /** The flow that owns the fiche, `saisie` for an entry by hand. */
    source: p.string().length(40).default('saisie'),
    /** Not in the offer: withdrawn, or its creation was undone. */
    fermeeLe: p.datetime(3).nullable(),
    remplacePar: p.uuid().nullable(),
    journalN: p.integer().default(0),
    journalHead: p.string().length(64).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

/** The accepted offer's truth: append-only by database rights. */
export const FicheVersion = defineEntity({
  name: 'FicheVersion',
  tableName: 'fiche_version',
  properties: {
    ficheId: () => p.manyToOne(Fiche).mapToPk().primary().fieldName('fiche_id'),
    n: p.integer().primary(),
    document: p.json<FicheDocument>(),
    hash: p.string().length(64),
    soumissionId: p.uuid().index(),
    acceptedAt: p.datetime(3),
    /** `withdrawal` when this version takes the fiche out of the offer. */
    retrait: p.boolean().default(false),
  },
});

/** Every numero ever given, by level; never freed. */
export const NumeroGiven = defineEntity({
  name: 'NumeroGiven',
  tableName: 'numero_given',
  uniques: [{ name: 'numero_given_objet_unique', properties: ['niveau', 'objetId'] }],
  indexes: [
    { name: 'numero_given_recu_index', properties: ['source', 'niveau', 'numeroRecu'] },
    { name: 'numero_given_fiche_index', properties: ['ficheId'] },
  ],
  properties: {
    niveau: p.string().length(10).primary(),
    numero: p.string().length(255).primary(),
    objetId: p.uuid(),
    ficheId: p.uuid(),
    source: p.string().length(40),
    numeroRecu: p.string().length(255).nullable(),
    createdAt: p.datetime(3).defaultRaw('now()'),
  },
});

/** What a source last sent for a fiche: the hash that makes a re-import "unchanged", whatever became of it. */
export const SourceRecu = defineEntity({
  name: 'SourceRecu',
  tableName: 'source_recu',
  indexes: [
    { name: 'source_recu_cle_index', properties: ['cle'] },
    { name: 'source_recu_fiche_index', properties: ['ficheId'] },
  ],
  properties: {
    source: p.string().length(80).primary(),
    /** `formation|numero` or `organisme|nda|siret`. */
    cle: p.string().length(300).primary(),
    ficheId: p.uuid(),
    hash: p.string().length(64),
    soumissionId: p.uuid().nullable(),
    /** The document as received, when the first revision of that soumission holds another (a mend kept, a revision). */
    document: p.json<FicheDocument>().nullable(),
    receivedAt: p.datetime(3).defaultRaw('now()'),
  },
});
