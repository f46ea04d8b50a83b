import type { Database } from '../../db/connect.ts';
import { countRemoved } from '../../db/publication/removal-guard.ts';
import { currentPending, otherWriterPage } from '../../db/publication/render.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { candidateOf } from './publication-candidate.ts';
import { judge, unlessRemoved } from './publication-renderings.ts';
import { RenderThread } from './render-thread.ts';

const PAGE = 100;

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
