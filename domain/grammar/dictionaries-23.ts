import type { DictRow } from './shape.ts';

/** Dictionaries that came with LHÉO 2.3. */
export const DICTS_23 = {
  'type-contact': {
    label: 'Type de contact',
    entries: [
      { code: '0', label: 'Autre' },
      { code: '1', label: 'Référent handicap' },
      { code: '2', label: 'Référent mobilité internationale' },
      { code: '3', label: 'Référent pédagogique' },
      { code: '4', label: 'Accueil' },
      { code: '5', label: 'Direction' },
      { code: '6', label: 'Référent qualité' },
      { code: '7', label: 'Référent entreprise' },
      { code: '8', label: 'Référent commercial' },
      { code: '9', label: 'Gestionnaire financier' },
      { code: '10', label: 'Direction déléguée aux formations professionnelles et techniques (DDFPT)' },
      { code: '11', label: 'Communication' },
      { code: '12', label: 'Référent FOAD' },
      { code: '13', label: 'Référent VAE' },
      { code: '14', label: 'Référent Apprentissage' },
    ],
  },
  'modalite-recrutement': {
    label: 'Modalité de recrutement',
    entries: [
      { code: '0', label: 'information inconnue' },
      { code: '1', label: 'méthode de recrutement par simulation' },
      { code: '2', label: 'concours' },
      { code: '3', label: 'dossier' },
      { code: '4', label: 'tests pratiques' },
      { code: '5', label: 'épreuves écrites' },
      { code: '6', label: 'épreuves orales' },
      { code: '7', label: 'inscription sur candidature' },
      { code: '8', label: 'entretien ou RDV individuel' },
      { code: '9', label: 'information collective' },
    ],
  },
  'type-enseignement': {
    label: "Type d'enseignement",
    entries: [
      { code: '1', label: 'art' },
      { code: '2', label: 'enseignement de spécialité' },
      { code: '3', label: 'enseignement optionnel' },
      { code: '4', label: 'langue' },
      { code: '5', label: 'langue vivante 1' },
      { code: '6', label: 'langue vivante 2' },
      { code: '7', label: 'langue vivante 3' },
      { code: '8', label: 'sport' },
      { code: '9', label: 'enseignement général' },
      { code: '10', label: 'enseignement professionnel' },
    ],
  },
  'type-equipement': {
    label: "Type d'équipement",
    entries: [
      { code: '0', label: 'Autre' },
      { code: '1', label: 'Protection de la tête' },
      { code: '2', label: 'Protection des yeux' },
      { code: '3', label: 'Protection des mains' },
      { code: '4', label: "Protection de l'ouïe" },
      { code: '5', label: 'Protection du corps' },
      { code: '6', label: 'Protection des pieds' },
      { code: '7', label: 'Protection des voies respiratoires' },
      { code: '8', label: 'Protection chutes' },
      { code: '9', label: 'Outillage professionnel' },
      { code: '10', label: 'Tenue professionnelle' },
      { code: '11', label: 'Équipement numérique' },
    ],
  },
  'type-validation-blocs': {
    label: 'Validation des blocs de compétences',
    entries: [
      { code: '0', label: 'Partielle : certains blocs' },
      { code: '1', label: 'Totale : tous les blocs' },
      { code: '2', label: 'Mixte : totale ou par blocs' },
    ],
  },
  'type-alternance': {
    label: "Type de contrat d'alternance",
    entries: [
      { code: '0', label: "Tout type de contrat d'alternance" },
      { code: '1', label: "Contrat d'apprentissage (CA)" },
      { code: '2', label: 'Contrat de professionnalisation (CP)' },
    ],
  },
  'unite-rythme': {
    label: 'Unité de rythme',
    entries: [
      { code: '0', label: 'Heure' },
      { code: '1', label: 'Demi-journée' },
      { code: '2', label: 'Journée' },
      { code: '3', label: 'Semaine' },
      { code: '4', label: 'Mois' },
    ],
  },
  'type-cycle': {
    label: 'Type de cycle',
    entries: [
      { code: '0', label: 'Formation initiale' },
      { code: '1', label: "Contrat d'apprentissage" },
    ],
  },
} as const satisfies Record<string, DictRow>;
