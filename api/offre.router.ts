import type { Endpoint } from './endpoint.ts';
import { formationsEndpoints } from './offre/formations.ts';
import { organismesEndpoints } from './offre/organismes.ts';

/** The accepted offer, read only. */
export const offreEndpoints: readonly Endpoint[] = [...organismesEndpoints, ...formationsEndpoints];
