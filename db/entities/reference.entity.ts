import { defineEntity, p } from '@mikro-orm/core';

/** One reference table as it stands: its version, whether it is whole, and its quarantine. */
export const Referentiel = defineEntity({
  name: 'Referentiel',
  tableName: 'referentiel',
  properties: {
    nom: p.string().length(60).primary(),
    version: p.string().length(60),
    state: p.string().length(12),
    lignes: p.integer(),
    illisibles: p.integer().default(0),
    sha256: p.string().length(64),
    loadedAt: p.datetime(3).defaultRaw('now()'),
    alerte: p.text().nullable(),
  },
});

/** France compétences, export Standard. */
export const Certification = defineEntity({
  name: 'Certification',
  tableName: 'certification',
  properties: {
    /** `RNCP509`, `RS5000`. */
    numeroFiche: p.string().length(20).primary(),
    intitule: p.text(),
    niveau: p.string().length(20).nullable(),
    actif: p.boolean(),
    /** `AAAA-MM-JJ`. */
    debutEnregistrement: p.string().length(10).nullable(),
    finEnregistrement: p.string().length(10).nullable(),
    typeEnregistrement: p.string().length(60).nullable(),
  },
});

/** France compétences, export Partenaires: who is habilitated for which fiche. */
export const Partenaire = defineEntity({
  name: 'Partenaire',
  tableName: 'partenaire',
  properties: {
    numeroFiche: p.string().length(20).primary(),
    siret: p.string().length(14).primary(),
    siren: p.string().length(9).index(),
    nom: p.text(),
    habilitation: p.string().length(60),
  },
});

/** DGEFP's public list of training organisations, with Qualiopi by kind of action. */
export const OrganismePublic = defineEntity({
  name: 'OrganismePublic',
  tableName: 'organisme_public',
  properties: {
    nda: p.string().length(11).primary(),
    siren: p.string().length(9).index(),
    siret: p.string().length(14).nullable(),
    denomination: p.text(),
    actionsDeFormation: p.boolean(),
    bilansDeCompetences: p.boolean(),
    vae: p.boolean(),
    apprentissage: p.boolean(),
    voie: p.text().nullable(),
    codePostal: p.string().length(5).nullable(),
    ville: p.text().nullable(),
  },
});
