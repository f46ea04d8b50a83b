import type { ErrorEntry } from './entry.ts';

/** Refusals about how and by whom something was asked. */
export const REQUESTS_ERRORS = {
  'cle-manquante': {
    status: 428,
    title: { fr: 'L’en-tête Idempotency-Key manque', en: 'The Idempotency-Key header is missing' },
    mend: {
      fr: 'Envoyez une clé neuve par acte, la même à chaque nouvel essai.',
      en: 'Send a new key for each act, the same one on each retry.',
    },
  },
  'cle-reutilisee': {
    status: 422,
    title: { fr: 'Cette clé a déjà servi pour un autre contenu', en: 'This key was already used for another body' },
    mend: { fr: 'Envoyez une clé neuve.', en: 'Send a new key.' },
  },
  'cle-en-cours': {
    status: 409,
    title: { fr: 'Le même appel est encore en cours', en: 'The same call is still running' },
    mend: {
      fr: 'Renvoyez la même clé après le délai de Retry-After.',
      en: 'Send the same key again after the Retry-After delay.',
    },
  },
  'cle-invalide': {
    status: 400,
    title: { fr: 'L’en-tête Idempotency-Key n’est pas lisible', en: 'The Idempotency-Key header cannot be read' },
    mend: { fr: 'Envoyez de 1 à 200 caractères ASCII visibles.', en: 'Send 1 to 200 visible ASCII characters.' },
  },
  'if-match-manquant': {
    status: 428,
    title: { fr: 'L’en-tête If-Match manque', en: 'The If-Match header is missing' },
    mend: { fr: 'Envoyez l’ETag du brouillon lu.', en: 'Send the ETag of the draft as it was read.' },
  },
  'brouillon-perime': {
    status: 412,
    title: { fr: 'Le brouillon a été enregistré entre-temps', en: 'The draft was saved in between' },
    mend: {
      fr: 'Rechargez le brouillon, puis reportez vos changements.',
      en: 'Reload the draft, then make your changes again.',
    },
  },
  'non-authentifie': {
    status: 401,
    title: { fr: 'Connexion nécessaire', en: 'Login needed' },
    mend: { fr: 'Connectez-vous, ou envoyez un jeton d’accès.', en: 'Log in, or send an access token.' },
  },
  'jeton-invalide': {
    status: 401,
    title: { fr: 'Ce jeton n’est pas ou plus valable', en: 'This token is not or no longer valid' },
    mend: { fr: 'Créez un nouveau jeton d’accès.', en: 'Create a new access token.' },
  },
  interdit: {
    status: 403,
    title: { fr: 'Votre rôle ne permet pas cet acte', en: 'Your role does not allow this act' },
    mend: { fr: 'Demandez à un administrateur du Cariforef.', en: 'Ask an administrator of the Cariforef.' },
  },
  csrf: {
    status: 403,
    title: { fr: 'La preuve d’origine du formulaire manque', en: 'The proof of the form’s origin is missing' },
    mend: { fr: 'Rechargez la page, puis recommencez.', en: 'Reload the page, then try again.' },
  },
  'trop-de-requetes': {
    status: 429,
    title: { fr: 'Trop de requêtes', en: 'Too many requests' },
    mend: { fr: 'Attendez le délai de Retry-After.', en: 'Wait for the Retry-After delay.' },
  },
  'lien-expire': {
    status: 410,
    title: { fr: 'Ce lien n’est plus valable', en: 'This link is no longer valid' },
    mend: { fr: 'Demandez-en un nouveau sur la page.', en: 'Ask for a new one on the page.' },
  },
  introuvable: {
    status: 404,
    title: { fr: 'Rien à cette adresse', en: 'Nothing at this address' },
    mend: { fr: 'Vérifiez l’adresse et l’identifiant.', en: 'Check the address and the id.' },
  },
  methode: {
    status: 405,
    title: { fr: 'Cette adresse ne prend pas cette méthode', en: 'This address does not take this method' },
    mend: { fr: 'Utilisez une des méthodes de l’en-tête Allow.', en: 'Use one of the methods in the Allow header.' },
  },
  'champ-inconnu': {
    status: 400,
    title: { fr: 'La requête contient un champ inconnu', en: 'The request holds an unknown field' },
    mend: { fr: 'Retirez les champs indiqués.', en: 'Remove the fields shown.' },
  },
  'corps-invalide': {
    status: 400,
    title: { fr: 'Le contenu envoyé n’a pas la forme attendue', en: 'The body does not have the expected form' },
    mend: { fr: 'Corrigez les champs indiqués.', en: 'Mend the fields shown.' },
  },
  'parametre-invalide': {
    status: 400,
    title: { fr: 'Un paramètre n’a pas la forme attendue', en: 'A parameter does not have the expected form' },
    mend: { fr: 'Corrigez le paramètre indiqué.', en: 'Mend the parameter shown.' },
  },
  'json-invalide': {
    status: 400,
    title: { fr: 'Le contenu envoyé n’est pas du JSON', en: 'The body is not JSON' },
    mend: { fr: 'Envoyez un document JSON en UTF-8.', en: 'Send one JSON document in UTF-8.' },
  },
  'type-de-contenu': {
    status: 415,
    title: { fr: 'Ce type de contenu n’est pas pris', en: 'This content type is not taken' },
    mend: {
      fr: 'Envoyez application/json, ou le fichier avec son type.',
      en: 'Send application/json, or the file with its type.',
    },
  },
  'trop-gros': {
    status: 413,
    title: { fr: 'Le contenu dépasse la taille permise', en: 'The body is larger than allowed' },
    mend: { fr: 'Découpez le fichier, ou compressez-le en gzip.', en: 'Split the file, or compress it with gzip.' },
  },
  encodage: {
    status: 400,
    title: { fr: 'Le texte n’est pas en UTF-8 lisible', en: 'The text is not readable UTF-8' },
    mend: {
      fr: 'Enregistrez en UTF-8, sans caractère nul ni de commande.',
      en: 'Save as UTF-8, without null or control characters.',
    },
  },
  'encodage-inconnu': {
    status: 415,
    title: { fr: 'Cet encodage n’est pas connu', en: 'This encoding is not known' },
    mend: { fr: 'Enregistrez en UTF-8, ISO-8859-1 ou Windows-1252.', en: 'Save as UTF-8, ISO-8859-1 or Windows-1252.' },
  },
  'plage-invalide': {
    status: 416,
    title: { fr: 'Cette partie du fichier n’existe pas', en: 'This part of the file does not exist' },
    mend: { fr: 'Demandez une plage dans la taille du fichier.', en: 'Ask for a range within the file’s size.' },
  },
} as const satisfies Readonly<Record<string, ErrorEntry>>;
