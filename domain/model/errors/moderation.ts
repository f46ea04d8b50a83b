import type { ErrorEntry } from './entry.ts';

/** Refusals about soumissions, fiches and their numeros. */
export const MODERATION_ERRORS = {
  'transition-interdite': {
    status: 409,
    title: { fr: 'Ce passage n’est pas permis depuis cet état', en: 'This move is not allowed from this status' },
    mend: {
      fr: 'Rechargez la fiche et choisissez un des actes proposés.',
      en: 'Reload the entry and choose one of the acts it offers.',
    },
  },
  /** Internal: the row moved without its workflow, which then reads it again. */
  fence: {
    status: 409,
    title: { fr: 'Cette soumission a bougé entre-temps', en: 'This entry moved in between' },
    mend: { fr: 'Rechargez, puis recommencez.', en: 'Reload, then try again.' },
  },
  'deja-decidee': {
    status: 409,
    title: { fr: 'Cette soumission est déjà décidée', en: 'This entry is already decided' },
    mend: { fr: 'Rechargez : la décision prise est dans le fil.', en: 'Reload: the decision is in the timeline.' },
  },
  'prise-par-un-collegue': {
    status: 409,
    title: { fr: 'Un collègue tient cette soumission', en: 'A colleague holds this entry' },
    mend: { fr: 'Attendez l’heure donnée, ou reprenez-la.', en: 'Wait until the time given, or take it over.' },
  },
  'reservation-perdue': {
    status: 409,
    title: {
      fr: 'Votre réservation de cette soumission n’est plus valable',
      en: 'Your claim on this entry is no longer valid',
    },
    mend: { fr: 'Reprenez la soumission, puis décidez.', en: 'Claim the entry again, then decide.' },
  },
  'version-perimee': {
    status: 412,
    title: {
      fr: 'La version regardée n’est plus la version courante',
      en: 'The version that was looked at is no longer current',
    },
    mend: {
      fr: 'Regardez la différence jointe, puis recommencez sur la version courante.',
      en: 'Look at the attached difference, then start again from the current version.',
    },
  },
  'organisme-non-accepte': {
    status: 409,
    title: {
      fr: 'L’organisme de cette formation n’est pas encore accepté',
      en: 'The organisme of this formation is not accepted yet',
    },
    mend: {
      fr: 'Acceptez d’abord l’organisme, ou envoyez avecOrganisme: true.',
      en: 'Accept the organisme first, or send avecOrganisme: true.',
    },
  },
  'annulation-depassee': {
    status: 409,
    title: { fr: 'Cette décision ne peut plus être annulée', en: 'This decision can no longer be undone' },
    mend: { fr: 'Faites une nouvelle soumission ou un retrait.', en: 'Make a new entry or a withdrawal.' },
  },
  'propre-saisie': {
    status: 403,
    title: { fr: 'Vous ne pouvez pas décider de votre propre saisie', en: 'You cannot decide on your own entry' },
    mend: { fr: 'Laissez un collègue décider.', en: 'Let a colleague decide.' },
  },
  'seconde-voix': {
    status: 409,
    title: {
      fr: 'Vous avez déjà donné votre voix : un collègue doit donner la seconde',
      en: 'You have already given your voice: a colleague has to give the second one',
    },
    mend: { fr: 'Laissez un collègue valider.', en: 'Let a colleague approve.' },
  },
  'champ-non-corrigeable': {
    status: 422,
    title: { fr: 'Ce champ ne peut pas être corrigé ici', en: 'This field cannot be mended here' },
    mend: {
      fr: 'Corrigez un champ de la fiche, ni un identifiant ni une ligne entière.',
      en: 'Mend a field of the fiche, neither an identifier nor a whole row.',
    },
  },
  'rien-a-corriger': {
    status: 422,
    title: { fr: 'Ces corrections ne changent rien', en: 'These mends change nothing' },
    mend: { fr: 'Donnez une autre valeur à un champ au moins.', en: 'Give at least one field another value.' },
  },
  'sans-correction': {
    status: 409,
    title: {
      fr: 'La modération n’a rien corrigé dans cette soumission',
      en: 'Moderation mended nothing in this entry',
    },
    mend: { fr: 'Écrivez un message.', en: 'Write a message.' },
  },
  'lot-en-cours': {
    status: 409,
    title: { fr: 'Ce lot est encore en cours', en: 'This lot is still running' },
    mend: { fr: 'Attendez sa fin.', en: 'Wait until it ends.' },
  },
  'soumission-ouverte': {
    status: 409,
    title: { fr: 'Cette fiche a déjà une soumission ouverte', en: 'This fiche already has an open entry' },
    mend: { fr: 'Continuez sur la soumission ouverte donnée.', en: 'Carry on with the open entry given.' },
  },
  'fiche-incomplete': {
    status: 422,
    title: { fr: 'La fiche a des fautes bloquantes', en: 'The fiche has blocking faults' },
    mend: {
      fr: 'Corrigez les champs indiqués, puis déposez de nouveau.',
      en: 'Mend the fields shown, then deposit again.',
    },
  },
  'retrait-gele': {
    status: 409,
    title: { fr: 'Une publication a déjà pris cette version', en: 'A publication has already taken this version' },
    mend: { fr: 'Demandez un retrait de la fiche publiée.', en: 'Ask for a withdrawal of the published fiche.' },
  },
  'numero-deja-pris': {
    status: 409,
    title: { fr: 'Ce numéro appartient à une autre source', en: 'This numero belongs to another source' },
    mend: {
      fr: 'Donnez à la formation un numéro propre à votre source.',
      en: 'Give the formation a numero of your own source.',
    },
  },
  'numero-absent': {
    status: 422,
    title: { fr: 'La formation n’a pas de numéro', en: 'The formation has no numero' },
    mend: { fr: 'Donnez l’attribut numero à la formation.', en: 'Give the formation its numero attribute.' },
  },
  'numero-invalide': {
    status: 422,
    title: { fr: 'Le numéro contient un caractère interdit', en: 'The numero holds a forbidden character' },
    mend: { fr: 'Écrivez le numéro sans « | », « ## » ni espace.', en: 'Write the numero without |, ## or spaces.' },
  },
  'numero-en-double': {
    status: 422,
    title: { fr: 'Ce numéro est déjà dans ce fichier', en: 'This numero is already in this file' },
    mend: {
      fr: 'Gardez une seule des deux formations aux lignes données.',
      en: 'Keep one of the two formations at the lines given.',
    },
  },
  'session-terminee': {
    status: 409,
    title: { fr: 'Cette session est terminée', en: 'This session has ended' },
    mend: {
      fr: 'Donnez-lui de nouvelles dates, ou saisissez la session suivante.',
      en: 'Give it new dates, or enter the next session.',
    },
  },
  'reference-deja-prise': {
    status: 409,
    title: {
      fr: 'Votre organisme a déjà une formation avec cette référence',
      en: 'Your organisme already has a formation with this reference',
    },
    mend: {
      fr: 'Choisissez une autre référence, ou changez la formation existante.',
      en: 'Choose another reference, or change the existing formation.',
    },
  },
  'organisme-deja-connu': {
    status: 409,
    title: { fr: 'Un organisme a déjà ce NDA et ce SIRET', en: 'An organisme already has this NDA and SIRET' },
    mend: { fr: 'Changez la fiche existante.', en: 'Change the existing fiche.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
