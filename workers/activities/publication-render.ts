import type { Database } from '../../db/connect.ts';
import { markStep, requireRelease } from '../../db/publication/releases.ts';
import { countRemoved, RemovedMeanwhile, requireNobodyRemoved } from '../../db/publication/removal-guard.ts';
import {
  currentPending,
  knownRenderings,
  type Outcome,
  organismeVersions,
  otherWriterPage,
  type Pending,
  pendingPage,
  renderProgress,
  saveOutcomes,
  saveRenderings,
} from '../../db/publication/render.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import {
  type Candidate,
  candidateOf,
  type Judged,
  jobOf,
  leaves,
  outcomeOf,
  refusalOf,
  renderingOf,
  staysOut,
} from './publication-candidate.ts';
import { lapsedSince } from './publication-rules.ts';
import { RenderThread } from './render-thread.ts';

const PAGE = 100;

interface Rendering {
  readonly db: Database;
  readonly thread: RenderThread;
  readonly day: ParisDay;
  readonly region: RegionSettings;
  /** How many traces of removed persons were kept when the page was read. */
  readonly seen: number;
}

export interface Rendered {
  /** `paused`: it stopped between two pages because somebody asked for it. */
  readonly outcome: 'done' | 'paused';
}

/** Renders every frozen fiche of a release, page by page; `onPage` hears how far it is. */
export async function renderPages(
  db: Database,
  release: { readonly n: number; readonly day: ParisDay; readonly region: RegionSettings },
  onPage: (done: number, total: number) => void,
): Promise<Rendered> {
  const thread = new RenderThread();
  try {
    for (;;) {
      const { seen, page } = await db.asWorker(async (tx) => ({
        seen: await countRemoved(tx),
        page: await pendingPage(tx, release.n, WRITER_VERSION, PAGE),
      }));
      if (page.length === 0) return { outcome: 'done' };
      await unlessRemoved(async () => {
        const outcomes = await renderPage({ db, thread, seen, ...release }, page);
        await db.asWorker(async (tx) => {
          await requireNobodyRemoved(tx, seen);
          await saveOutcomes(tx, release.n, outcomes);
        });
      });
      const { done, total, paused, ended } = await db.asWorker(async (tx) => {
        const progress = await renderProgress(tx, release.n);
        await markStep(tx, release.n, 'render', { done: progress.done, total: progress.total });
        const { state, paused } = await requireRelease(tx, release.n);
        return { ...progress, ended: state !== 'open', paused: paused !== null };
      });
      onPage(done, total);
      if (ended) return { outcome: 'done' };
      if (paused) return { outcome: 'paused' };
    }
  } finally {
    await thread.close();
  }
}

/** False when what a page was rendered from is no longer to be shown. */
async function unlessRemoved(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof RemovedMeanwhile) return false;
    throw error;
  }
}

/**
 * A new writer's bytes of what the offer shows, made before anything is frozen, from the fiche after `from` on; `onPage`
 * hears the last one done.
 */
export async function renderForNewWriter(
  db: Database,
  day: ParisDay,
  { from, onPage }: { readonly from: string | null; readonly onPage: (after: string | null) => void },
): Promise<void> {
  const thread = new RenderThread();
  let after = from;
  try {
    for (;;) {
      const cursor: string | null = after;
      const ids: string[] = await db.asWorker((tx) => otherWriterPage(tx, WRITER_VERSION, cursor, PAGE));
      const kept = await unlessRemoved(async () => {
        const [seen, page] = await db.asWorker(async (tx) => [await countRemoved(tx), await currentPending(tx, ids)]);
        const candidates = [...page.values()]
          .map((pending) => candidateOf(pending, day))
          .filter((candidate) => typeof candidate !== 'string');
        await judge({ db, thread, seen }, candidates);
      });
      if (!kept) continue;
      after = ids.at(-1) ?? cursor;
      onPage(after);
      if (ids.length < PAGE) return;
    }
  } finally {
    await thread.close();
  }
}

/** Renders what no earlier release rendered and answers how each is judged, by its inputs. */
async function judge(
  { db, thread, seen }: Pick<Rendering, 'db' | 'thread' | 'seen'>,
  candidates: readonly Candidate[],
): Promise<Map<string, Judged>> {
  const hashes = candidates.map(({ inputHash }) => inputHash);
  const judged = new Map<string, Judged>(await db.asWorker((tx) => knownRenderings(tx, hashes)));
  const missing = candidates.filter(({ inputHash, numero }) => numero !== undefined && !judged.has(inputHash));
  if (missing.length === 0) return judged;
  const needed = [...new Set(missing.flatMap(({ organismes }) => organismes))];
  const organismes = await db.asWorker((tx) => organismeVersions(tx, needed));
  const rendered = await thread.render(missing.map((candidate) => jobOf(candidate, organismes)));
  missing.forEach(({ inputHash }, i) => {
    const one = rendered[i];
    if (one !== undefined) judged.set(inputHash, one);
  });
  await db.asWorker(async (tx) => {
    await requireNobodyRemoved(tx, seen);
    await saveRenderings(
      tx,
      missing.flatMap((candidate, i) => renderingOf(candidate, rendered[i])),
    );
  });
  return judged;
}

interface Sorted {
  readonly outcomes: readonly Outcome[];
  readonly refused: readonly { readonly pending: Pending; readonly reason: string }[];
}

/** What of a page goes out, what leaves, and what is kept out with its reason. */
async function sortPage(rendering: Rendering, page: readonly Pending[]): Promise<Sorted> {
  const outcomes: Outcome[] = [];
  const candidates: Candidate[] = [];
  for (const pending of page) {
    const candidate = pending.inputs.ferme ? 'retiree' : candidateOf(pending, rendering.day);
    if (typeof candidate === 'string') outcomes.push(leaves(pending, candidate));
    else candidates.push(candidate);
  }
  const lapsed = await rendering.db.asWorker((tx) => lapsedSince(tx, candidates, rendering));
  const asked = candidates.filter(({ pending }) => !lapsed.has(pending.ficheId));
  const judged = await judge(rendering, asked);
  const refused = candidates.flatMap((candidate) => {
    const { pending, inputHash } = candidate;
    const reason = lapsed.get(pending.ficheId) ?? refusalOf(candidate, judged.get(inputHash));
    if (reason !== undefined) return [{ pending, reason }];
    outcomes.push(outcomeOf(candidate, judged.get(inputHash)));
    return [];
  });
  return { outcomes, refused };
}

/** What is kept out leaves the offer as it is, less what ended. */
async function keepEarlier(rendering: Rendering, refused: Sorted['refused']): Promise<Outcome[]> {
  const shown = refused.filter(({ pending }) => pending.currentSha !== null);
  const current = await rendering.db.asWorker((tx) =>
    currentPending(
      tx,
      shown.map(({ pending }) => pending.ficheId),
    ),
  );
  const outcomes: Outcome[] = [];
  const candidates: Candidate[] = [];
  for (const { pending, reason } of refused) {
    const earlier = current.get(pending.ficheId);
    if (earlier === undefined) {
      outcomes.push(staysOut(pending, reason));
      continue;
    }
    const kept = { ...earlier, keptOut: reason };
    const candidate = candidateOf(kept, rendering.day);
    if (typeof candidate === 'string') outcomes.push(leaves(kept, candidate));
    else candidates.push(candidate);
  }
  const judged = await judge(rendering, candidates);
  return [...outcomes, ...candidates.map((candidate) => outcomeOf(candidate, judged.get(candidate.inputHash)))];
}

async function renderPage(rendering: Rendering, page: readonly Pending[]): Promise<Outcome[]> {
  const { outcomes, refused } = await sortPage(rendering, page);
  return refused.length === 0 ? [...outcomes] : [...outcomes, ...(await keepEarlier(rendering, refused))];
}
