import { actionId, dispositifId, sessionId, siteId } from '../builders.ts';

/** Addresses in the sample fiches, for the examples of rules. */
export const ACTION = `/actions/${actionId(1)}`;
export const SESSION = `${ACTION}/sessions/${sessionId(1)}`;
export const DISPOSITIF = `${SESSION}/dispositifs/${dispositifId(1)}`;
export const SITE = `/sites/${siteId(1)}`;
export const LIEU = `${ACTION}/champs/lieu-de-formation/0/coordonnees/adresse`;
