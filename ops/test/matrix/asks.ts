import { randomUUID } from 'node:crypto';
import { aLheoFile, aReceived } from '../../../domain/lheo/fiche/sample-lheo.ts';
import type { World } from './world.ts';

/** An id that nothing has; the same in each run, so that its form is judged the same. */
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

export interface Ask {
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

const motif = 'Cette formation ferme.';

/**
 * What each call is sent so that only who asks decides of the answer. A call that is not here is sent `{}`: then who may
 * make it gets 400 for the body, and who may not 401 or 403.
 */
export const ASKS: Readonly<Record<string, (world: World) => Ask>> = {
  'get /cpf': () => ({ query: { certification: 'RNCP1', siret: '12345678901234' } }),
  'post /brouillons': ({ proposal }) => ({ body: { document: proposal } }),
  'put /brouillons/{id}': ({ written }) => ({ body: { document: written }, headers: { 'If-Match': '"1"' } }),
  'post /formations/{id}/retrait': () => ({ body: { motif } }),
  'post /organismes/{id}/retrait': () => ({ body: { motif } }),
  'post /soumissions/{id}/decisions': () => ({ body: { kind: 'approve', version: 1 } }),
  'post /soumissions/{id}/mends': () => ({
    body: {
      version: 1,
      champs: [{ path: '/champs/intitule-formation', value: 'CAP mendé', reason: 'faute de frappe' }],
    },
  }),
  'post /soumissions/{id}/objection': () => ({ body: { message: 'Je ne suis pas d’accord.' } }),
  'post /soumissions/{id}/messages': () => ({ body: { message: 'Bonjour.' } }),
  'post /soumissions/{id}/notes': () => ({ body: { message: 'À revoir.' } }),
  'post /decisions/bulk': ({ soumission }) => ({
    body: { kind: 'approve', items: [{ id: soumission, version: 1 }], dryRun: true },
  }),
  'post /voies/audits/{id}': () => ({ body: { juste: true } }),
  'put /courriels/reglages': () => ({
    body: { arret: false, parHeure: null, calme: { weekEnd: true, feries: true, dates: [] } },
  }),
  'post /courriels/retours': () => ({ body: { messageId: '<0123@nowhere.example>', kind: 'rejet', code: '550' } }),
  'put /me/courriels': () => ({ body: { preferences: [{ kind: 'essai', mode: 'immediat' }] } }),
  'post /people': () => ({ body: { email: `${randomUUID()}@demo.sofi`, nom: 'Somebody', role: 'of' } }),
  'put /people/{id}': () => ({ body: { email: `${randomUUID()}@demo.sofi`, nom: 'Somebody', role: 'of' } }),
  'post /tokens': () => ({ body: { label: 'matrix' } }),
  'post /releases': () => ({ body: { kind: 'normal' } }),
  'post /imports': () => ({ body: aLheoFile([aReceived(1)]), headers: { 'Content-Type': 'application/xml' } }),
};

const RELEASE = '1';
/** The object that an address with an id means, by what stands before it. */
const OBJECTS: Readonly<Record<string, (world: World & { readonly importId: string }) => string>> = {
  organismes: (it) => it.organisme,
  sites: (it) => it.site,
  formations: (it) => it.formation,
  sessions: (it) => it.session,
  brouillons: (it) => it.brouillon,
  soumissions: (it) => it.soumission,
  imports: (it) => it.importId,
  releases: () => RELEASE,
  people: (it) => it.person,
  tokens: (it) => it.token,
  referentiels: () => 'formacode',
};

/** The address of a documented path about this world's objects; an id of nobody where the noun is not known. */
export function addressOf(path: string, world: World & { readonly importId: string }): string {
  const [, noun = ''] = path.split('/');
  return path.replace(/\{\w+\}/, OBJECTS[noun]?.(world) ?? UNKNOWN).replaceAll(/\{\w+\}/g, UNKNOWN);
}
