import { sql as raw } from 'kysely';
import type { Database } from '../../../db/connect.ts';
import type { SoumissionDto } from '../../../domain/contract/soumission.contract.ts';
import type { Statut } from '../../../domain/model/vocabulary.ts';
import type { Platform } from '../../sofi/platform-calls.ts';

/** How many soumissions end in each statut that people bring about. */
const EACH = 10;

type Waiting = Pick<SoumissionDto, 'id' | 'version'>;

const api = (path: string) => `/api/v1${path}`;

/** Acts of a moderator or an author on one soumission or formation, by the statut they lead to. */
const ACTS: Readonly<
  Partial<Record<Statut, (platform: Platform, one: Waiting, formation: string) => Promise<unknown>>>
> = {
  enRevue: (platform, { id }) => platform.call('POST', api(`/soumissions/${id}/claim`), {}),
  refusee: (platform, { id, version }) =>
    platform.call('POST', api(`/soumissions/${id}/decisions`), {
      kind: 'refuse',
      version,
      motif: 'Cette offre est déjà décrite dans une autre fiche.',
    }),
  correctionsDemandees: (platform, { id, version }) =>
    platform.call('POST', api(`/soumissions/${id}/decisions`), {
      kind: 'requestChanges',
      version,
      champs: [
        {
          path: '/champs/objectif-formation',
          reason: 'imprecis',
          comment: 'Dites ce que la personne saura faire.',
        },
      ],
    }),
  brouillon: (platform, _one, formation) => platform.call('POST', api(`/formations/${formation}/brouillon`), {}),
  abandonnee: async (platform, _one, formation) => {
    const { id } = await platform.call<Waiting>('POST', api(`/formations/${formation}/brouillon`), {});
    await platform.call('DELETE', api(`/brouillons/${id}`));
  },
  retiree: async (platform, _one, formation) => {
    const { id } = await platform.call<Waiting>('POST', api(`/formations/${formation}/brouillon`), {});
    await platform.call('POST', api(`/brouillons/${id}/depot`), {});
    await platform.call('POST', api(`/soumissions/${id}/retrait`), { motif: 'La formation est reportée.' });
  },
};

/** How many soumissions stand in each statut. */
export async function countByStatut(db: Database): Promise<Readonly<Partial<Record<Statut, number>>>> {
  const rows = await db.asWorker((sql) =>
    sql
      .selectFrom('soumission')
      .select(['statut', raw<number>`count(*)::int`.as('n')])
      .groupBy('statut')
      .execute(),
  );
  return Object.fromEntries(rows.map(({ statut, n }) => [statut, n]));
}

/** Brings some soumissions into each statut that the queue's filling and the release leave empty, by the API's own acts. */
export async function spreadStates(platform: Platform, db: Database): Promise<void> {
  const counts = await countByStatut(db);
  const empty = Object.entries(ACTS).filter(([statut]) => (counts[statut as Statut] ?? 0) === 0);
  const filter = encodeURIComponent(JSON.stringify({ statut: 'controlee' }));
  const range = encodeURIComponent(JSON.stringify([0, ACTS_MAX - 1]));
  const waiting = await platform.call<Waiting[]>('GET', api(`/soumissions?filter=${filter}&range=${range}`));
  const formations = await platform.call<{ id: string }[]>('GET', api(`/formations?range=${range}`));
  for (const [turn, [, act]] of empty.entries()) {
    for (let k = turn * EACH; k < (turn + 1) * EACH; k += 1) {
      const one = waiting[k];
      const formation = formations[k];
      if (one !== undefined && formation !== undefined) await act(platform, one, formation.id);
    }
  }
}

const ACTS_MAX = EACH * Object.keys(ACTS).length;
