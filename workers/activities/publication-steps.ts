import type { Database } from '../../db/connect.ts';
import { currentHold, startAnew } from '../../db/publication/acts.ts';
import { measureFiles } from '../../db/publication/files.ts';
import { freeze } from '../../db/publication/freeze.ts';
import { isUnchanged, type Signer, saveManifest, switchedWithPrevious } from '../../db/publication/manifest.ts';
import type { Read } from '../../db/publication/pieces.ts';
import { endUnswitched, markStep, type ReleaseStand, requireRelease } from '../../db/publication/releases.ts';
import { preparedReport } from '../../db/publication/report.ts';
import { freezeRollBack } from '../../db/publication/roll-back.ts';
import { markStalePage } from '../../db/publication/stale-markings.ts';
import { WRITER_VERSION } from '../../domain/lheo/fiche/out-bytes.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { judgeDisappearances } from './publication-breaker.ts';
import { renderForNewWriter } from './publication-new-writer.ts';

const MARKING_PAGE = 50;

export const standOf = (db: Database, n: number): Promise<ReleaseStand> => db.asWorker((tx) => requireRelease(tx, n));

/** How far the preparation is: the last formation looked at of a step. */
export interface PrepareCursor {
  readonly step: 'marking' | 'writer';
  readonly after: string | null;
}

/**
 * Before the freeze: what a stopped release froze is forgotten, markings and a new writer's bytes are made, from the cursor
 * on that an earlier attempt told.
 */
export async function prepareOnce(
  db: Database,
  n: number,
  tell: (cursor: PrepareCursor) => void,
  from: PrepareCursor = { step: 'marking', after: null },
): Promise<void> {
  const { state, step, kind, day } = await standOf(db, n);
  if (state !== 'open' || step !== 'prepare') return;
  await db.asWorkerAtLength((tx) => startAnew(tx, n));
  if (kind === 'normal') {
    if (from.step === 'marking') await markAll(db, from.after, (after) => tell({ step: 'marking', after }));
    await renderForNewWriter(db, day as ParisDay, {
      from: from.step === 'writer' ? from.after : null,
      onPage: (after) => tell({ step: 'writer', after }),
    });
  }
  await db.asWorker((tx) => markStep(tx, n, 'freeze', null));
}

async function markAll(db: Database, from: string | null, onPage: (after: string) => void): Promise<void> {
  for (let after = from; ; ) {
    const cursor: string | null = after;
    const next = await db.asWorker((tx) => markStalePage(tx, cursor, MARKING_PAGE));
    if (next === null) return;
    after = next;
    onPage(after);
  }
}

/** The freeze and the mark that it is done are one transaction: a repeated freeze takes up nothing new. */
export async function freezeOnce(db: Database, n: number): Promise<number> {
  const { day, step, state, kind, target } = await standOf(db, n);
  if (step !== 'freeze' || state !== 'open') return 0;
  return db.asWorkerAtLength(async (tx) => {
    const total =
      target === null
        ? await freeze(tx, { n, day, writerVersion: WRITER_VERSION, kind })
        : await freezeRollBack(tx, { n, day, target });
    await markStep(tx, n, 'render', { done: 0, total });
    return total;
  });
}

export type Judgement = { readonly outcome: 'pass' | 'again' | 'end' };

/** What a prepared release becomes: it may be switched, or it waits for somebody, or it was only tried. */
export async function judgeOnce(db: Database, n: number): Promise<Judgement> {
  return db.asWorkerAtLength(async (tx) => {
    const stand = await requireRelease(tx, n);
    if (stand.state !== 'open')
      return { outcome: stand.state === 'published' || stand.state === 'empty' ? 'pass' : 'end' };
    if (stand.step === 'switch') return { outcome: 'pass' };
    const verdict = await judgeDisappearances(tx, stand, await keptOrganismes(tx, n));
    if (verdict.outcome === 'again') return { outcome: 'again' };
    const hold = stand.kind === 'normal' ? await currentHold(tx) : undefined;
    const end = stand.dryRun
      ? 'tried'
      : verdict.outcome === 'stop'
        ? 'stopped'
        : hold === undefined
          ? undefined
          : 'held';
    if (end === undefined) {
      await markStep(tx, n, 'switch', null);
      return { outcome: 'pass' };
    }
    const report = await preparedReport(tx, n, verdict.found);
    const reason = verdict.reason ?? (end === 'held' ? 'retourArriere' : undefined);
    await endUnswitched(tx, n, end, reason === undefined ? report : { ...report, reason });
    return { outcome: 'end' };
  });
}

async function keptOrganismes(tx: Parameters<typeof requireRelease>[0], n: number) {
  const row = await tx.selectFrom('release').select('report').where('n', '=', n).executeTakeFirst();
  const report = row?.report as { organismes?: { organisme: string; gone: number; of: number }[] } | null | undefined;
  return (report?.organismes ?? []).map((one) => ({ ...one, perimees: 0 }));
}

/** An unchanged set keeps its files: only a changed one is read through to be measured. */
export async function writeManifest(db: Database, n: number, signer: Signer): Promise<void> {
  const { unchanged, previous } = await db.asWorker(async (tx) => ({
    unchanged: await isUnchanged(tx, n),
    previous: (await switchedWithPrevious(tx, n)).previous?.manifest,
  }));
  const { state } = await standOf(db, n);
  const read: Read = (work) => db.asWorker(work);
  const measure = async () => (state === 'empty' ? [] : await measureFiles(read, n));
  const files = unchanged && previous !== undefined && previous !== null ? previous.files : await measure();
  await db.asWorkerAtLength((tx) => saveManifest(tx, n, files, signer));
}
