import type { Database } from '../../db/connect.ts';
import { RemovedMeanwhile, requireNobodyRemoved } from '../../db/publication/removal-guard.ts';
import { knownRenderings, organismeVersions, saveRenderings } from '../../db/publication/render.ts';
import { type Candidate, type Judged, jobOf, renderingOf } from './publication-candidate.ts';
import type { RenderThread } from './render-thread.ts';

/** What renders a page. */
export interface Renderer {
  readonly db: Database;
  readonly thread: RenderThread;
  /** How many traces of removed persons were kept when the page was read. */
  readonly seen: number;
}

/** False when what a page was rendered from is no longer to be shown. */
export async function unlessRemoved(work: () => Promise<unknown>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch (error) {
    if (error instanceof RemovedMeanwhile) return false;
    throw error;
  }
}

/** Renders what no earlier release rendered and answers how each is judged, by its inputs. */
export async function judge(
  { db, thread, seen }: Renderer,
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
