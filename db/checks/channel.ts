import type { Channel, Source } from '../../domain/model/vocabulary.ts';

/** Which severity of the rules a source meets. */
export const CHANNEL_OF: Record<Source, Channel> = {
  saisie: 'saisie',
  api: 'saisie',
  courriel: 'fichier',
  fichier: 'fichier',
  flux: 'flux',
};
