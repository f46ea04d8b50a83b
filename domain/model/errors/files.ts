import type { ErrorEntry } from './entry.ts';

/** Refusals about files received, what is published and the platform’s own parts. */
export const FILES_ERRORS = {
  'xml-mal-forme': {
    status: 422,
    title: { fr: 'Le fichier XML est mal formé', en: 'The XML file is ill-formed' },
    mend: {
      fr: 'Corrigez la ligne indiquée, puis renvoyez le fichier entier.',
      en: 'Mend the line shown, then send the whole file again.',
    },
  },
  'fichier-vide': {
    status: 422,
    title: { fr: 'Le fichier est vide', en: 'The file is empty' },
    mend: {
      fr: 'Envoyez un fichier LHÉO avec au moins une formation.',
      en: 'Send a LHÉO file with at least one formation.',
    },
  },
  'fichier-tronque': {
    status: 422,
    title: { fr: 'Le fichier est tronqué', en: 'The file is truncated' },
    mend: { fr: 'Renvoyez le fichier entier.', en: 'Send the whole file again.' },
  },
  'entites-interdites': {
    status: 422,
    title: { fr: 'Les déclarations d’entités sont interdites', en: 'Entity declarations are forbidden' },
    mend: { fr: 'Retirez le DOCTYPE et ses entités.', en: 'Remove the DOCTYPE and its entities.' },
  },
  'format-inconnu': {
    status: 415,
    title: { fr: 'Le fichier n’est ni du LHÉO ni un CSV connu', en: 'The file is neither LHÉO nor a known CSV' },
    mend: { fr: 'Envoyez du LHÉO 2.2 ou 2.3, simple ou en gzip.', en: 'Send LHÉO 2.2 or 2.3, plain or gzip.' },
  },
  'archive-invalide': {
    status: 422,
    title: {
      fr: 'L’archive ne s’ouvre pas ou dépasse les limites',
      en: 'The archive does not open or exceeds the limits',
    },
    mend: {
      fr: 'Envoyez une archive entière, dans les limites de taille et de taux.',
      en: 'Send a whole archive, within the limits of size and ratio.',
    },
  },
  'page-impossible': {
    status: 422,
    title: {
      fr: 'Des formations du fichier n’ont pas pu être enregistrées',
      en: 'Formations of the file could not be stored',
    },
    mend: {
      fr: 'Ce qui précède la ligne indiquée est importé. Signalez-le, et renvoyez le reste sans les 50 formations qui suivent.',
      en: 'What comes before the line told is imported. Report it, and send the rest without the next 50 formations.',
    },
  },
  'source-inconnue': {
    status: 422,
    title: { fr: 'Cette source n’est pas déclarée', en: 'This source is not declared' },
    mend: {
      fr: 'Choisissez une source déclarée, ou faites-la déclarer.',
      en: 'Choose a declared source, or have it declared.',
    },
  },
  'mode-interdit': {
    status: 422,
    title: { fr: 'Cette source ne permet pas le mode complet', en: 'This source does not allow the mode complet' },
    mend: { fr: 'Importez en mode partiel.', en: 'Import in mode partiel.' },
  },
  'organisme-etranger': {
    status: 422,
    title: {
      fr: 'Cette formation n’est pas d’un de vos organismes',
      en: 'This formation is not of one of your organismes',
    },
    mend: { fr: 'Envoyez seulement les formations de vos organismes.', en: 'Send only formations of your organismes.' },
  },
  'table-en-quarantaine': {
    status: 422,
    title: {
      fr: 'La table reçue paraît abîmée et reste en quarantaine',
      en: 'The table received looks damaged and stays in quarantine',
    },
    mend: {
      fr: 'Vérifiez le fichier, puis acceptez-le ou envoyez-en un autre.',
      en: 'Check the file, then accept it or send another.',
    },
  },
  'pas-de-release': {
    status: 404,
    title: { fr: 'Rien n’est encore publié', en: 'Nothing is published yet' },
    mend: { fr: 'Attendez la première publication.', en: 'Wait for the first publication.' },
  },
  'flux-en-preparation': {
    status: 503,
    title: { fr: 'Les fichiers de la publication se préparent', en: 'The files of the publication are being prepared' },
    mend: { fr: 'Revenez après le délai de Retry-After.', en: 'Come back after the Retry-After delay.' },
  },
  'delta-trop-ancien': {
    status: 410,
    title: {
      fr: 'Cette publication est trop ancienne pour une différence',
      en: 'This publication is too old for a delta',
    },
    mend: { fr: 'Prenez le flux complet à l’adresse donnée.', en: 'Take the full feed at the address given.' },
  },
  'personne-retiree': {
    status: 410,
    title: { fr: 'Ce fichier contenait une personne retirée depuis', en: 'This file held a person removed since' },
    mend: { fr: 'Prenez le flux de la dernière publication.', en: 'Take the feed of the latest publication.' },
  },
  'release-ouverte': {
    status: 409,
    title: { fr: 'Une publication est déjà en cours', en: 'A publication is already running' },
    mend: { fr: 'Attendez sa fin, ou rejoignez-la.', en: 'Wait for its end, or join it.' },
  },
  'release-close': {
    status: 409,
    title: { fr: 'Cette publication n’est plus à ce point', en: 'This publication is no longer at that point' },
    mend: {
      fr: 'Rechargez la publication et choisissez un acte qu’elle permet.',
      en: 'Reload the publication and choose an act that it allows.',
    },
  },
  disjoncteur: {
    status: 409,
    title: {
      fr: 'La publication est arrêtée : trop de disparitions',
      en: 'The publication is stopped: too much would vanish',
    },
    mend: {
      fr: 'Regardez la différence, puis forcez avec un motif ou corrigez.',
      en: 'Look at the difference, then force it with a reason or mend.',
    },
  },
  'temporal-absent': {
    status: 503,
    title: { fr: 'Le moteur de procédures ne répond pas', en: 'The workflow engine does not answer' },
    mend: {
      fr: 'Réessayez avec la même clé après le délai de Retry-After.',
      en: 'Try again with the same key after the Retry-After delay.',
    },
  },
  'sans-worker': {
    status: 503,
    title: { fr: 'Aucun exécutant ne prend cet acte', en: 'No worker takes this act' },
    mend: {
      fr: 'Réessayez avec la même clé après le délai de Retry-After.',
      en: 'Try again with the same key after the Retry-After delay.',
    },
  },
  'base-absente': {
    status: 503,
    title: { fr: 'La base de données ne répond pas', en: 'The database does not answer' },
    mend: { fr: 'Réessayez après le délai de Retry-After.', en: 'Try again after the Retry-After delay.' },
  },
  'disque-plein': {
    status: 503,
    title: { fr: 'Le disque de la plateforme est plein', en: 'The platform’s disk is full' },
    mend: {
      fr: 'Rien n’est perdu : libérez de la place, puis réessayez avec la même clé.',
      en: 'Nothing is lost: make room, then try again with the same key.',
    },
  },
  'demo-seulement': {
    status: 404,
    title: { fr: 'Cette adresse n’existe qu’en démonstration', en: 'This address exists in demo mode only' },
    mend: { fr: 'Démarrez la plateforme en démonstration.', en: 'Start the platform in demo mode.' },
  },
  interne: {
    status: 500,
    title: { fr: 'Une erreur interne est survenue', en: 'An internal error occurred' },
    mend: {
      fr: 'Réessayez ; si elle dure, donnez ce code et l’heure à l’exploitant.',
      en: 'Try again; if it lasts, give this code and the time to the operator.',
    },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
