import type { DictRow } from './shape.ts';

/** Dictionaries of both versions; an entry says the version it came with. */
export const DICTS_COMMUNS = {
  boolean: {
    label: 'Oui ou non',
    entries: [
      { code: '0', label: 'non' },
      { code: '1', label: 'oui' },
    ],
  },
  'modalites-enseignement': {
    label: "Mode d'enseignement",
    entries: [
      { code: '0', label: 'formation entièrement présentielle' },
      { code: '1', label: 'formation mixte' },
      { code: '2', label: 'formation entièrement à distance' },
    ],
  },
  'modalites-entrees-sorties': {
    label: "Modalités d'entrées et de sorties",
    entries: [
      { code: '0', label: 'entrées/sorties à dates fixes' },
      { code: '1', label: 'entrées/sorties permanentes' },
    ],
  },
  'etat-recrutement': {
    label: 'État du recrutement',
    entries: [
      { code: '1', label: 'ouvert' },
      { code: '2', label: 'fermé' },
      { code: '3', label: 'suspendu' },
    ],
  },
  'objectif-general': {
    label: 'Objectif général de formation',
    entries: [
      { code: '1', label: 'Code(s) obsolète(s)' },
      { code: '6', label: 'Certification' },
      { code: '7', label: 'Professionnalisation' },
      { code: '8', label: 'Préparation à la qualification' },
      { code: '5', label: 'Remise à niveau, maîtrise des savoirs de base, initiation' },
      { code: '9', label: "(Re)mobilisation, aide à l'élaboration de projet professionnel" },
      { code: '2', label: 'Perfectionnement, élargissement des compétences' },
      { code: '3', label: 'Perfectionnement, élargissement des compétences' },
      { code: '4', label: "Création d'entreprise" },
    ],
  },
  'perimetre-recrutement': {
    label: 'Périmètre de recrutement',
    entries: [
      { code: '0', label: 'Autres' },
      { code: '1', label: 'Commune' },
      { code: '2', label: 'Département' },
      { code: '3', label: 'Région' },
      { code: '4', label: 'Interrégion' },
      { code: '5', label: 'Pays' },
      { code: '6', label: 'International' },
    ],
  },
  financeurs: {
    label: 'Financeurs',
    entries: [
      { code: '11', label: "État - Ministère chargé de l'emploi" },
      { code: '12', label: "État - Ministère de l'éducation nationale" },
      { code: '13', label: 'État - Autre' },
      { code: '2', label: 'Collectivité territoriale - Conseil régional' },
      { code: '3', label: 'Fonds européens - FSE' },
      { code: '4', label: 'Pôle emploi' },
      { code: '5', label: 'Entreprise' },
      { code: '6', label: 'ACSÉ (anciennement FASILD)' },
      { code: '7', label: 'AGEFIPH' },
      { code: '8', label: 'Collectivité territoriale - Conseil général' },
      { code: '9', label: 'Collectivité territoriale - Commune' },
      { code: '15', label: 'Collectivité territoriale - Autre' },
      { code: '10', label: "Bénéficiaire de l'action" },
      { code: '0', label: 'Autre' },
      { code: '14', label: 'Fonds européens - Autre' },
      { code: '16', label: 'OPCO', v22: { label: 'OPCA' } },
      { code: '17', label: 'Transition Pro', v22: { label: 'OPACIF' } },
      { code: '18', label: 'LADOM', since: '2.3', v22: { code: '13' } },
      { code: '19', label: "État - Ministère de l'intérieur", since: '2.3', v22: { code: '13' } },
      {
        code: '20',
        label: "OFII - Office français de l'immigration et de l'intégration",
        since: '2.3',
        v22: { code: '13' },
      },
      { code: '1', label: 'Code(s) obsolète(s)' },
    ],
  },
  'type-parcours': {
    label: 'Type de parcours de formation',
    entries: [
      { code: '1', label: 'en groupe (non personnalisable)' },
      { code: '2', label: 'individualisé' },
      { code: '3', label: 'modularisé' },
      { code: '4', label: 'mixte' },
    ],
  },
  'type-positionnement': {
    label: 'Type de positionnement',
    entries: [
      { code: '1', label: 'réglementaire' },
      { code: '2', label: 'pédagogique' },
    ],
  },
  'type-module': {
    label: 'Type de module',
    entries: [
      { code: '0', label: 'information inconnue' },
      { code: '1', label: 'obligatoire' },
      { code: '2', label: 'personnalisable' },
    ],
  },
  niveaux: {
    label: 'Niveaux',
    entries: [
      { code: '0', label: 'information non communiquée' },
      { code: '1', label: 'sans niveau spécifique' },
      { code: '2', label: 'niveau VI (illettrisme, analphabétisme)' },
      { code: '3', label: 'niveau V bis (préqualification)' },
      { code: '4', label: 'niveau V (CAP, BEP, CFPA du premier degré)' },
      { code: '5', label: 'niveau IV (BP, BT, baccalauréat professionnel ou technologique)' },
      { code: '6', label: 'niveau III (BTS, DUT)' },
      { code: '7', label: 'niveau II (licence ou maîtrise universitaire)' },
      { code: '8', label: 'niveau I (supérieur à la maîtrise)' },
      { code: '11', label: 'Niveau 1 (savoirs de base)', since: '2.3', v22: { code: '2' } },
      { code: '12', label: 'Niveau 2 (activités simples en contexte structuré)', since: '2.3', v22: { code: '3' } },
      { code: '13', label: 'Niveau 3 (CAP, BEP)', since: '2.3', v22: { code: '4' } },
      { code: '14', label: 'Niveau 4 (baccalauréat)', since: '2.3', v22: { code: '5' } },
      { code: '15', label: 'Niveau 5 (BTS, DUT)', since: '2.3', v22: { code: '6' } },
      { code: '16', label: 'Niveau 6 (licence)', since: '2.3', v22: { code: '7' } },
      { code: '17', label: 'Niveau 7 (master)', since: '2.3', v22: { code: '8' } },
      { code: '18', label: 'Niveau 8 (doctorat)', since: '2.3', v22: { code: '8' } },
    ],
  },
} as const satisfies Record<string, DictRow>;
