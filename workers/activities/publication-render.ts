import type { Database } from '../../db/connect.ts';
import { markStep } from '../../db/publication/releases.ts';
import {
  knownRenderings,
  type Outcome,
  organismeVersions,
  type Pending,
  pendingPage,
  renderProgress,
  saveOutcomes,
  saveRenderings,
} from '../../db/publication/render.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { type Candidate, candidateOf, jobOf, leaves, outcomeOf, renderingOf } from './publication-candidate.ts';
import { RenderThread } from './render-thread.ts';

const PAGE = 100;

/** Renders every frozen fiche of a release, page by page; `onPage` hears how far it is. */
export async function renderPages(
  db: Database,
  release: { readonly n: number; readonly day: ParisDay },
  onPage: (done: number, total: number) => void,
): Promise<void> {
  const thread = new RenderThread();
  try {
    for (;;) {
      const page = await db.asWorker((tx) => pendingPage(tx, release.n, PAGE));
      if (page.length === 0) return;
      await renderPage(db, thread, release, page);
      const { done, total } = await db.asWorker(async (tx) => {
        const progress = await renderProgress(tx, release.n);
        await markStep(tx, release.n, 'render', { done: progress.done, total: progress.total });
        return progress;
      });
      onPage(done, total);
    }
  } finally {
    await thread.close();
  }
}

async function renderPage(
  db: Database,
  thread: RenderThread,
  { n, day }: { readonly n: number; readonly day: ParisDay },
  page: readonly Pending[],
): Promise<void> {
  const gone: Outcome[] = [];
  const candidates: Candidate[] = [];
  for (const pending of page) {
    const candidate = pending.inputs.ferme ? 'retiree' : candidateOf(pending, day);
    if (typeof candidate === 'string') gone.push(leaves(pending, candidate));
    else candidates.push(candidate);
  }
  const known = await db.asWorker((tx) =>
    knownRenderings(
      tx,
      candidates.map(({ inputHash }) => inputHash),
    ),
  );
  const missing = candidates.filter(({ inputHash, numero }) => numero !== undefined && !known.has(inputHash));
  const organismes = await db.asWorker((tx) =>
    organismeVersions(tx, [...new Set(missing.flatMap((candidate) => candidate.organismes))]),
  );
  const rendered = await thread.render(missing.map((candidate) => jobOf(candidate, organismes)));
  const fresh = new Map(missing.map((candidate, i) => [candidate.inputHash, rendered[i]]));
  await db.asWorker(async (tx) => {
    await saveRenderings(
      tx,
      missing.flatMap((candidate, i) => renderingOf(candidate, rendered[i])),
    );
    const outcomes = candidates.map((one) => outcomeOf(one, known.get(one.inputHash), fresh.get(one.inputHash)));
    await saveOutcomes(tx, n, [...gone, ...outcomes]);
  });
}
