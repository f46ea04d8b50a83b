import { z } from 'zod';
import { abandonBrouillon } from '../db/moderation/abandon.ts';
import { brouillonFromAccepted, createBrouillon, saveBrouillon } from '../db/moderation/index.ts';
import { draftOfOpen } from '../db/moderation/next-draft.ts';
import { asFicheDocument, brouillon, brouillonBody } from '../domain/contract/brouillon.contract.ts';
import { uuid } from '../domain/contract/common.ts';
import { soumission } from '../domain/contract/soumission.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import { deposit } from './brouillons/deposit.ts';
import { draftAnswer, requireDraft } from './brouillons/read.ts';
import { type Endpoint, endpoint } from './endpoint.ts';
import { actorOf } from './soumissions/acts.ts';

const byId = z.strictObject({ id: uuid });
const none = z.strictObject({}).optional();

/** The save number that `If-Match` names; throws 428 without it. */
function saveNumberOf(header: string | undefined): number {
  if (header === undefined) throw new SofiError('if-match-manquant');
  const n = /^(?:W\/)?"(\d{1,9})"$/.exec(header.trim())?.[1];
  if (n !== undefined) return Number(n);
  throw new SofiError('parametre-invalide', undefined, { issues: [{ pointer: '/If-Match', code: 'invalide' }] });
}

const create = endpoint({
  method: 'post',
  path: '/brouillons',
  summary: 'A draft of a new fiche, or of the next content of one',
  tag: 'brouillons',
  access: ['create', 'brouillon'],
  idempotency: 'optional',
  body: brouillonBody,
  answers: { 201: brouillon },
  async handle({ deps: { db, region }, viewer, langue, body }) {
    const document = asFicheDocument(body.document);
    const organisme = document.kind === 'organisme' ? document.id : document.organisme;
    if (body.pourOrganisme !== undefined && body.pourOrganisme !== organisme) {
      throw new SofiError('corps-invalide', undefined, { issues: [{ pointer: '/pourOrganisme', code: 'invalide' }] });
    }
    return db.asViewer(viewer, async (sql) => {
      const draft = await createBrouillon(sql, { viewer, document, at: Date.now() });
      return draftAnswer(sql, { draft, langue, region, status: 201 });
    });
  },
});

const read = endpoint({
  method: 'get',
  path: '/brouillons/{id}',
  summary: 'A draft with what the rules say of it now',
  tag: 'brouillons',
  access: ['read', 'brouillon'],
  params: byId,
  answers: { 200: brouillon },
  async handle({ deps: { db, region }, viewer, langue, params: { id } }) {
    return db.asViewer(viewer, async (sql) =>
      draftAnswer(sql, { draft: await requireDraft(sql, viewer, id), langue, region }),
    );
  },
});

const save = endpoint({
  method: 'put',
  path: '/brouillons/{id}',
  summary: 'Saves a draft over the save that `If-Match` names; also the answer to a request for changes',
  tag: 'brouillons',
  access: ['update', 'brouillon'],
  params: byId,
  body: brouillonBody,
  answers: { 200: brouillon },
  async handle({ deps: { db, region }, req, viewer, langue, params: { id }, body }) {
    const saveNumber = saveNumberOf(req.get('If-Match'));
    return db.asViewer(viewer, async (sql) => {
      await requireDraft(sql, viewer, id);
      const document = asFicheDocument(body.document);
      const draft = await saveBrouillon(sql, { id, document, saveNumber, at: Date.now() });
      return draftAnswer(sql, { draft, langue, region });
    });
  },
});

const abandon = endpoint({
  method: 'delete',
  path: '/brouillons/{id}',
  summary: 'Gives up a draft',
  tag: 'brouillons',
  access: ['delete', 'brouillon'],
  params: byId,
  answers: { 204: 'abandoned' },
  async handle({ deps: { db }, viewer, params: { id } }) {
    await db.asViewer(viewer, async (sql) => {
      await requireDraft(sql, viewer, id);
      await abandonBrouillon(sql, { id, by: actorOf(viewer), at: Date.now() });
    });
    return { status: 204 };
  },
});

const depose = endpoint({
  method: 'post',
  path: '/brouillons/{id}/depot',
  summary: 'Deposits a draft: 201 once its checks are done, 202 while they run',
  tag: 'brouillons',
  access: ['depose', 'brouillon'],
  idempotency: 'required',
  params: byId,
  body: none,
  answers: { 201: soumission, 202: soumission },
  async handle(call) {
    const { deps, viewer, params } = call;
    await deps.db.asViewer(viewer, (sql) => requireDraft(sql, viewer, params.id));
    return deposit(call, params.id);
  },
});

/** A draft that starts from the accepted version of a fiche. */
const fromAccepted = (noun: 'formations' | 'organismes') =>
  endpoint({
    method: 'post',
    path: `/${noun}/{id}/brouillon`,
    summary: 'A draft that starts from the accepted version, or the one already being written',
    tag: 'brouillons',
    access: ['create', 'brouillon'],
    idempotency: 'optional',
    params: byId,
    body: none,
    answers: { 201: brouillon },
    async handle({ deps: { db, region }, viewer, langue, params: { id } }) {
      return db.asViewer(viewer, async (sql) => {
        const draft = await brouillonFromAccepted(sql, { viewer, ficheId: id, at: Date.now() });
        return draftAnswer(sql, { draft, langue, region, status: 201 });
      });
    },
  });

const fromSoumission = endpoint({
  method: 'post',
  path: '/soumissions/{id}/brouillon',
  summary: 'What answers a request for changes, or a draft of the next revision of an open soumission',
  tag: 'brouillons',
  access: ['create', 'brouillon'],
  idempotency: 'optional',
  params: byId,
  body: none,
  answers: { 200: brouillon, 201: brouillon },
  async handle({ deps: { db, region }, viewer, langue, params: { id } }) {
    return db.asViewer(viewer, async (sql) => {
      const open = await requireDraft(sql, viewer, id);
      const answering = open.statut === 'correctionsDemandees' || open.statut === 'brouillon';
      if (answering) return draftAnswer(sql, { draft: open, langue, region });
      const draft = await draftOfOpen(sql, { viewer, open, at: Date.now() });
      return draftAnswer(sql, { draft, langue, region, status: 201 });
    });
  },
});

export const brouillonsEndpoints: readonly Endpoint[] = [
  create,
  read,
  save,
  abandon,
  depose,
  fromAccepted('formations'),
  fromAccepted('organismes'),
  fromSoumission,
];
