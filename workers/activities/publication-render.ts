import type { Database } from '../../db/connect.ts';
import { markStep, requireRelease } from '../../db/publication/releases.ts';
import { countRemoved, requireNobodyRemoved } from '../../db/publication/removal-guard.ts';
import {
  currentPending,
  type Outcome,
  type Pending,
  pendingPage,
  renderProgress,
  saveOutcomes,
} from '../../db/publication/render.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { type Candidate, candidateOf, leaves, outcomeOf, refusalOf, staysOut } from './publication-candidate.ts';
import { judge, type Renderer, unlessRemoved } from './publication-renderings.ts';
import { lapsedSince } from './publication-rules.ts';
import { RenderThread } from './render-thread.ts';

const PAGE = 100;

interface Rendering extends Renderer {
  readonly day: ParisDay;
  readonly region: RegionSettings;
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
  // Counted once: to count a whole offer after each page would cost more than the page.
  let { done, total } = await db.asWorkerAtLength((tx) => renderProgress(tx, release.n));
  try {
    for (;;) {
      const { seen, page } = await db.asWorker(async (tx) => ({
        seen: await countRemoved(tx),
        page: await pendingPage(tx, release.n, WRITER_VERSION, PAGE),
      }));
      if (page.length === 0) return { outcome: 'done' };
      let saved = 0;
      await unlessRemoved(async () => {
        const outcomes = await renderPage({ db, thread, seen, ...release }, page);
        await db.asWorker(async (tx) => {
          await requireNobodyRemoved(tx, seen);
          saved = await saveOutcomes(tx, release.n, outcomes);
        });
      });
      done += saved;
      const { paused, ended } = await db.asWorker(async (tx) => {
        await markStep(tx, release.n, 'render', { done, total });
        const { state, paused } = await requireRelease(tx, release.n);
        return { ended: state !== 'open', paused: paused !== null };
      });
      onPage(done, total);
      if (ended) return { outcome: 'done' };
      if (paused) return { outcome: 'paused' };
    }
  } finally {
    await thread.close();
  }
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
