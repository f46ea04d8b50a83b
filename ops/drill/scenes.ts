import { randomUUID } from 'node:crypto';
import type { z } from 'zod';
import type { ImportReport } from '../../domain/contract/import.contract.ts';
import type { release as releaseContract } from '../../domain/contract/release.contract.ts';
import type { SoumissionDto } from '../../domain/contract/soumission.contract.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import type { DispositifId } from '../../domain/model/ids.ts';
import { lheoFile } from '../demo/generator/file.ts';
import { type Place, readPlaces } from '../demo/generator/places.ts';
import { DEMO_SEED } from '../demo/prepare.ts';
import type { RemotePlatform } from '../demo/remote-platform.ts';
import { insist, type Post, post } from './insist.ts';
import type { People } from './people.ts';

/** One act that a blow falls into. */
export interface Scene {
  /** Before the blow: what the act needs. */
  readonly prepare: (stage: Staging) => Promise<Act>;
  /** The act lasts about so long; the blow falls within. */
  readonly lastsMs: number;
}

export interface Staging {
  readonly people: People;
  readonly seed: number;
}

export interface Act {
  /** The act itself, once; what it answers was acknowledged. */
  readonly once: () => Promise<unknown>;
  /** After the blow, as a careful caller: the same act again until it is answered; throws when something was lost. */
  readonly settle: (acknowledged: unknown) => Promise<void>;
}

const FORMATIONS = 20;
const DAY_MS = 86_400_000;

let places: readonly Place[] | undefined;

/** A file of so many formations of its own numeros. */
export async function fileOf(formations: number, prefix: string): Promise<string> {
  places ??= await readPlaces();
  const todayDays = Math.floor(Date.now() / DAY_MS);
  return [...lheoFile({ seed: DEMO_SEED, organismes: 3, formations, todayDays, places, prefix })].join('');
}

/** Sends a file; answers the address of its report. */
export async function sendFile(admin: RemotePlatform, source: string, text: string): Promise<string> {
  const headers = { 'Content-Type': 'application/xml' };
  return (await admin.call(`/imports?source=${source}`, { method: 'POST', headers, body: text })).location;
}

export function requireThat(held: boolean, what: string): void {
  if (!held) throw new Error(`Lost: ${what}`);
}

async function reportAt(admin: RemotePlatform, location: string): Promise<ImportReport> {
  return insist(() => admin.until<ImportReport>(location, ({ state }) => state !== 'running'));
}

/** A trusted source at even seeds, one that goes to the queue at odd ones. */
const importing: Scene = {
  lastsMs: 1_500,
  async prepare({ people: { admin }, seed }) {
    const source = seed % 2 === 0 ? 'reprise' : 'intercarif';
    const text = await fileOf(FORMATIONS, `9${seed}_`);
    return {
      once: () => sendFile(admin, source, text),
      async settle(acknowledged) {
        if (typeof acknowledged === 'string') {
          const { state, read } = await reportAt(admin, acknowledged);
          requireThat(state === 'done' && read === FORMATIONS, `import ${acknowledged}: ${state}, ${read} read`);
        }
        const again = await reportAt(admin, await insist(() => sendFile(admin, source, text)));
        const refused = again.refused.map(({ code, numero }) => `${numero} ${code}`);
        requireThat(
          again.state === 'done' && refused.length === 0,
          `the file sent again: ${again.state} ${refused.join()}`,
        );
        const { created, unchanged } = again;
        requireThat(typeof acknowledged !== 'string' || created === 0, `the same file again created ${created}`);
        requireThat(created + unchanged === FORMATIONS, `the file sent again: ${created} + ${unchanged}`);
      },
    };
  },
};

/** A formation as a person would enter it again: new on every level, without the numeros that were given. */
export function enteredAgain(document: FormationDocument): FormationDocument {
  const fresh = <T extends { readonly id: string }>(row: T): T => {
    const { numero: _numero, numeroRecu: _recu, ...rest } = { numero: '', numeroRecu: '', ...row };
    return { ...rest, id: randomUUID() } as unknown as T;
  };
  const actions = document.actions.map((action) => ({
    ...fresh(action),
    sessions: action.sessions.map((session) => ({
      ...fresh(session),
      dispositifs: session.dispositifs.map((dispositif) => ({ ...dispositif, id: randomUUID() as DispositifId })),
    })),
  }));
  return { ...fresh(document), actions };
}

/** One of the organisme's formations, entered again. */
export async function formationOf({ of, organisme }: Pick<People, 'of' | 'organisme'>): Promise<FormationDocument> {
  const filter = encodeURIComponent(JSON.stringify({ organisme }));
  const { body: list } = await insist(() => of.call<readonly { id: string }[]>(`/formations?filter=${filter}`));
  const { body } = await insist(() => of.call<{ document: FormationDocument }>(`/formations/${list[0]?.id}`));
  return enteredAgain(body.document);
}

/** A draft of the OF, saved. */
export async function draft(people: People): Promise<string> {
  const document = await formationOf(people);
  const saved = await insist(() =>
    post<{ id: string }>(people.of, { path: '/brouillons', body: { document }, key: randomUUID() }),
  );
  return saved.body.id;
}

/** Waits until the soumission is past its checks. */
export async function checked(remote: RemotePlatform, id: string): Promise<SoumissionDto> {
  return insist(() => remote.until<SoumissionDto>(`/soumissions/${id}`, ({ statut }) => statut !== 'deposee'));
}

/** An entry of the OF, deposited and past its checks. */
export async function waiting(people: People): Promise<SoumissionDto> {
  const id = await draft(people);
  await insist(() => post(people.of, { path: `/brouillons/${id}/depot`, key: `depot-${id}` }));
  return checked(people.of, id);
}

const depositing: Scene = {
  lastsMs: 400,
  async prepare({ people }) {
    const id = await draft(people);
    const deposit: Post = { path: `/brouillons/${id}/depot`, key: `depot-${id}` };
    return {
      once: () => post(people.of, deposit),
      async settle() {
        await insist(() => post(people.of, deposit));
        const { statut, timeline } = await checked(people.of, id);
        requireThat(statut === 'controlee', `deposit ${id} is ${statut}`);
        requireThat(timeline.filter(({ act }) => act === 'deposer').length === 1, `deposit ${id} told twice`);
      },
    };
  },
};

const deciding: Scene = {
  lastsMs: 250,
  async prepare({ people }) {
    const { id, version } = await waiting(people);
    const decision: Post = {
      path: `/soumissions/${id}/decisions`,
      body: { kind: 'approve', version },
      key: `decision-${id}`,
    };
    return {
      once: () => post(people.moderatrice, decision),
      async settle() {
        await insist(() => post(people.moderatrice, decision));
        const { statut, timeline } = await checked(people.of, id);
        requireThat(statut === 'validee' || statut === 'publiee', `decision ${id} is ${statut}`);
        requireThat(timeline.filter(({ act }) => act === 'approve').length === 1, `decision ${id} told twice`);
      },
    };
  },
};

type Release = z.infer<typeof releaseContract>;

const publishing: Scene = {
  lastsMs: 2_000,
  async prepare({ people }) {
    const { id, version } = await waiting(people);
    const body = { kind: 'approve', version };
    await insist(() => post(people.moderatrice, { path: `/soumissions/${id}/decisions`, body, key: `decision-${id}` }));
    const ask: Post = { path: '/releases', body: { kind: 'normal' }, key: `release-${id}` };
    return {
      once: async () => (await post<Release>(people.admin, ask)).body,
      async settle() {
        const { location } = await insist(() => post<Release>(people.admin, ask));
        const ended = await insist(() => people.admin.until<Release>(location, ({ step }) => step === 'done'));
        requireThat(ended.state === 'published', `release ${ended.n} is ${ended.state}`);
        const { statut } = await checked(people.of, id);
        requireThat(statut === 'publiee', `release ${ended.n} left ${id} ${statut}`);
      },
    };
  },
};

export const SCENES = {
  import: importing,
  depot: depositing,
  decision: deciding,
  publication: publishing,
} as const satisfies Record<string, Scene>;
export type SceneName = keyof typeof SCENES;
