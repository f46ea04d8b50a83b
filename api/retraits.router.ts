import { z } from 'zod';
import { createWithdrawal } from '../db/moderation/index.ts';
import { listRemoved } from '../db/moderation/removed-persons.ts';
import { withdrawAllAtOnce } from '../db/moderation/withdraw-at-once.ts';
import { formationsToWithdraw } from '../db/moderation/withdraw-formations.ts';
import { texte, uuid } from '../domain/contract/common.ts';
import { soumission } from '../domain/contract/soumission.contract.ts';
import { SofiError } from '../domain/model/errors.ts';
import type { InstantMs } from '../domain/model/ids.ts';
import { LOTS, TASK_TIMEOUT, WORKFLOWS, workflowIdOf } from '../workflows/messages.ts';
import { deposit } from './brouillons/deposit.ts';
import type { ApiDeps } from './deps.ts';
import { type Call, type Endpoint, endpoint } from './endpoint.ts';
import { requireRight } from './rights.ts';
import { actorOf } from './soumissions/acts.ts';
import { soumissionDto } from './soumissions/dto.ts';

const START_DEADLINE_MS = 4_000;
const SESSIONS_MAX = 500;

const body = z.strictObject({
  motif: texte(2000, 3),
  /** Only these sessions leave. */
  sessions: z.array(uuid).min(1).max(SESSIONS_MAX).optional(),
  /** By a moderator: decided at once, with a release of its own. */
  urgence: z.boolean().optional(),
});
type Body = z.infer<typeof body>;

/** Starts the release of what cannot wait; should nobody answer, the next release of any kind takes it first. */
async function startEmergency(deps: ApiDeps): Promise<void> {
  try {
    const client = await deps.temporal();
    const start = () =>
      client.workflow.start(WORKFLOWS.publication, {
        workflowId: workflowIdOf.publication(`urgence-${crypto.randomUUID()}`),
        taskQueue: LOTS,
        args: [{ kind: 'emergency' }],
        workflowTaskTimeout: TASK_TIMEOUT,
      });
    await client.connection.withDeadline(Date.now() + START_DEADLINE_MS, start);
  } catch (error) {
    deps.log.warn({ err: error }, 'emergency release not started');
  }
}

type Noun = 'formations' | 'organismes';

async function withdrawUrgently(call: Call<{ id: string }, unknown, Body>, noun: Noun): Promise<string> {
  const { deps, params, body: asked } = call;
  const viewer = requireRight(call.viewer, 'decide', 'soumission');
  const common = { by: actorOf(viewer), at: Date.now() as InstantMs, motif: asked.motif, region: deps.region };
  return deps.db.asWorker(async (sql) => {
    const own = { id: params.id, sessions: asked.sessions };
    const below = noun === 'formations' ? [] : await formationsToWithdraw(sql, params.id, asked.sessions);
    const fiches = noun === 'organismes' && asked.sessions !== undefined ? below : [...below, own];
    const last = (await withdrawAllAtOnce(sql, common, fiches)).at(-1);
    if (last === undefined) throw new SofiError('introuvable', `Cannot find organisme "${params.id}" in the offer`);
    return last;
  });
}

const retrait = (noun: Noun) =>
  endpoint({
    method: 'post',
    path: `/${noun}/{id}/retrait`,
    summary: 'Deposits the withdrawal of an accepted fiche; a moderator may withdraw it, or sessions of it, at once',
    tag: 'brouillons',
    access: ['depose', 'brouillon'],
    idempotency: 'required',
    params: z.strictObject({ id: uuid }),
    body,
    answers: { 201: soumission, 202: soumission },
    async handle(call) {
      const { deps, viewer, langue, params, body: asked } = call;
      if (asked.urgence === true) {
        const id = await withdrawUrgently(call, noun);
        await startEmergency(deps);
        const shown = await deps.db.asViewer(viewer, (sql) => soumissionDto(deps, sql, { viewer, langue, id }));
        return { status: 202, headers: { Location: `/api/v1/soumissions/${id}` }, body: shown };
      }
      const input = { viewer, at: Date.now(), motif: asked.motif };
      const drafts = await deps.db.asViewer(viewer, async (sql) => {
        const ofSessions = noun === 'organismes' && asked.sessions !== undefined;
        const fiches = ofSessions
          ? await formationsToWithdraw(sql, params.id, asked.sessions)
          : [{ id: params.id, sessions: asked.sessions }];
        const made: string[] = [];
        for (const { id: ficheId, sessions } of fiches)
          made.push((await createWithdrawal(sql, { ...input, ficheId, sessions })).id);
        return made;
      });
      let answer: Awaited<ReturnType<typeof deposit>> | undefined;
      for (const id of drafts) answer = await deposit(call, id);
      if (answer === undefined) throw new SofiError('introuvable', `Cannot find fiche "${params.id}" in the offer`);
      return answer;
    },
  });

const personne = endpoint({
  method: 'post',
  path: '/personnes/retraits',
  summary: 'Removes a person from the offer, its history and its feeds, for good',
  tag: 'publication',
  access: ['update', 'release'],
  idempotency: 'required',
  body: z
    .strictObject({
      nom: texte(120, 2).optional(),
      prenom: texte(120, 2).optional(),
      courriel: z.email().max(160).optional(),
      motif: texte(2000, 3),
    })
    .refine(({ nom, prenom, courriel }) => courriel !== undefined || (nom !== undefined && prenom !== undefined), {
      path: ['courriel'],
      message: 'absent',
    }),
  answers: { 202: z.object({ id: uuid }) },
  async handle({ deps, viewer, body: { motif, ...person } }) {
    const { id } = await deps.db.asWorker(async (sql) => {
      await listRemoved(sql, person);
      return sql
        .insertInto('urgence')
        .values({ kind: 'personne', personne: JSON.stringify(person), motif, par: viewer.userId })
        .returning('id')
        .executeTakeFirstOrThrow();
    });
    await startEmergency(deps);
    return { status: 202, body: { id } };
  },
});

/** What leaves the offer at somebody's request. */
export const retraitsEndpoints: readonly Endpoint[] = [retrait('formations'), retrait('organismes'), personne];
