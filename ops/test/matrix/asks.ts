import { randomUUID } from 'node:crypto';
import { aLheoFile, aReceived } from '../../../domain/lheo/fiche/sample-lheo.ts';
import { DEFAULT_ESCALATION } from '../../../domain/model/escalation.ts';
import { DEFAULT_FRESHNESS } from '../../../domain/model/fraicheur/settings.ts';
import { DEFAULT_TWO_VOICES } from '../../../domain/model/two-voices.ts';
import type { World } from './world.ts';

/** An id that nothing has; the same in each run, so that its form is judged the same. */
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

export interface Ask {
  readonly body?: object | string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
}

const motif = 'Cette formation ferme.';
const reason = 'Pour le tableau des droits.';
const REGLE = 'intitule-present';
const SEVERITY = { saisie: 'blocking', fichier: 'blocking', flux: 'blocking' } as const;

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
  'post /soumissions/{id}/look-alikes/{other}': () => ({ body: { verdict: 'keepBoth', version: 1 } }),
  'post /voies/audits/{id}': () => ({ body: { juste: true } }),
  'put /voies/{id}': () => ({
    body: {
      libelle: { fr: 'Coordonnées', en: 'Contact' },
      champs: ['/champs/contact-formation'],
      jours: null,
      actif: true,
      auditPourcent: 10,
      approbations: 10,
      fenetreJours: 180,
    },
  }),
  'put /promesse/reglages': () => ({ body: { escalade: DEFAULT_ESCALATION, deuxVoix: DEFAULT_TWO_VOICES } }),
  'post /releases/{n}/pause': () => ({ body: { reason } }),
  'post /releases/{n}/resume': () => ({ body: { reason } }),
  'post /releases/{n}/force': () => ({ body: { reason } }),
  'post /releases/{n}/rollback': () => ({ body: { reason } }),
  'put /formations/{id}/publication': () => ({ body: { le: null } }),
  'put /formations/{id}/pin': () => ({ body: { release: 1 } }),
  'post /personnes/retraits': () => ({ body: { courriel: 'personne@exemple.fr', motif } }),
  'post /fraicheur/confirmations': ({ session }) => ({ body: { sessions: [session] } }),
  'put /fraicheur/reglages': () => ({ body: DEFAULT_FRESHNESS }),
  'post /demo/clock': () => ({ body: { days: 1 } }),
  'post /regles/essai': () => ({ body: { regle: REGLE, severity: SEVERITY } }),
  'put /regles/{id}': () => ({
    body: { version: 0, severity: SEVERITY, activeFrom: '2026-12-01', reason },
  }),
  'put /courriels/reglages': () => ({
    body: { arret: false, parHeure: null, calme: { weekEnd: true, feries: true, dates: [] } },
  }),
  'post /courriels/retours': ({ messageId }) => ({ body: { messageId, kind: 'rejet', code: '550' } }),
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
  lots: (it) => it.lot,
  'voies/audits': (it) => it.soumission,
  voies: () => 'contact',
  regles: () => REGLE,
  courriels: (it) => it.courriel,
  'courriels/retours': (it) => it.retour,
};

/** The address of a documented path about this world's objects; an id of nobody where the noun is not known. */
export function addressOf(path: string, world: World & { readonly importId: string }): string {
  const noun = path.slice(1, path.indexOf('/{'));
  return path.replace(/\{\w+\}/, OBJECTS[noun]?.(world) ?? UNKNOWN).replaceAll(/\{\w+\}/g, world.other);
}
