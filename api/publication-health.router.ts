import { currentHold } from '../db/publication/acts.ts';
import { readHealth } from '../db/publication/list.ts';
import { GAVE_WAY } from '../db/publication/releases.ts';
import { publicationHealth } from '../domain/contract/release.contract.ts';
import { endpoint } from './endpoint.ts';

const SILENCE_MS = 2 * 24 * 3_600_000;

/** What an administrator has to look at; its literal address comes before those of single releases. */
export const publicationHealthEndpoint = endpoint({
  method: 'get',
  path: '/releases/health',
  summary: 'How publication is doing, with what an administrator has to look at',
  tag: 'publication',
  access: ['read', 'release'],
  answers: { 200: publicationHealth },
  async handle({ deps, viewer }) {
    const [found, hold] = await deps.db.asViewer(viewer, async (tx) => [await readHealth(tx), await currentHold(tx)]);
    const { current, lastSwitch, newest } = found;
    const silent = lastSwitch !== null && Date.now() - lastSwitch.getTime() > SILENCE_MS;
    const alertes = [
      ...(silent ? [{ code: 'sansBascule' as const, release: current }] : []),
      ...(newest?.state === 'stopped'
        ? [{ code: newest.reason === GAVE_WAY ? ('cedee' as const) : ('arretee' as const), release: newest.n }]
        : []),
      ...(newest !== null && newest.organismes > 0 && newest.state === 'published'
        ? [{ code: 'organismes' as const, release: newest.n }]
        : []),
      ...(hold === undefined ? [] : [{ code: 'retenue' as const, release: hold.release }]),
    ];
    return {
      body: {
        current,
        lastSwitch: lastSwitch?.toISOString() ?? null,
        hold: hold === undefined ? null : { ...hold, since: hold.since.toISOString() },
        alertes,
      },
    };
  },
});
