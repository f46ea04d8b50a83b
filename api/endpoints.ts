import { avisEndpoints } from './avis.router.ts';
import { brouillonsEndpoints } from './brouillons.router.ts';
import { courrielsEndpoints } from './courriels.router.ts';
import { demoClockEndpoints } from './demo-clock.router.ts';
import type { Endpoint } from './endpoint.ts';
import { formationPublicationEndpoints } from './formation-publication.router.ts';
import { fraicheurEndpoints } from './fraicheur.router.ts';
import { horairesEndpoints } from './horaires.router.ts';
import { importsEndpoints } from './imports.router.ts';
import { journalEndpoints } from './journal.router.ts';
import { lookAlikesEndpoints } from './look-alikes.router.ts';
import { lotsEndpoints } from './lots.router.ts';
import { meEndpoints } from './me.router.ts';
import { offreEndpoints } from './offre.router.ts';
import { peopleEndpoints } from './people.router.ts';
import { publicationHealthEndpoint } from './publication-health.router.ts';
import { referentielsEndpoints } from './referentiels.router.ts';
import { reglesEndpoints } from './regles.router.ts';
import { releaseActsEndpoints } from './release-acts.router.ts';
import { releaseEndpoints } from './releases.router.ts';
import { retoursEndpoints } from './retours.router.ts';
import { retraitsEndpoints } from './retraits.router.ts';
import { soumissionsEndpoints } from './soumissions.router.ts';
import { suiviEndpoints } from './suivi.router.ts';
import { tokensEndpoints } from './tokens.router.ts';
import { vieEndpoints } from './vie.router.ts';
import { voiesEndpoints } from './voies.router.ts';

/** Calls whose body is a file: they come before the parser of JSON. */
export const FILE_ENDPOINTS: readonly Endpoint[] = importsEndpoints;

/** Every other call of the API, in the order in which the documentation tells them. */
export const JSON_ENDPOINTS: readonly Endpoint[] = [
  ...meEndpoints,
  ...offreEndpoints,
  ...brouillonsEndpoints,
  ...vieEndpoints,
  ...soumissionsEndpoints,
  ...lookAlikesEndpoints,
  ...lotsEndpoints,
  ...avisEndpoints,
  ...voiesEndpoints,
  ...fraicheurEndpoints,
  publicationHealthEndpoint,
  ...releaseActsEndpoints,
  ...formationPublicationEndpoints,
  ...releaseEndpoints,
  ...retraitsEndpoints,
  ...horairesEndpoints,
  ...demoClockEndpoints,
  ...referentielsEndpoints,
  ...reglesEndpoints,
  ...suiviEndpoints,
  ...courrielsEndpoints,
  ...retoursEndpoints,
  ...journalEndpoints,
  ...peopleEndpoints,
  ...tokensEndpoints,
];
