import { generateKeyPairSync } from 'node:crypto';
import type { Database } from '../../db/connect.ts';
import { openRelease, type ReleaseRequest, requireRelease } from '../../db/publication/releases.ts';
import { saveReport } from '../../db/publication/report.ts';
import { switchRelease } from '../../db/publication/switch.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { PAYS_DE_LA_LOIRE } from '../../domain/model/region.ts';
import { signerOf } from '../signing-key.ts';
import { renderPages } from './publication-render.ts';
import { freezeOnce, judgeOnce, prepareOnce, writeManifest } from './publication-steps.ts';

/** A key of this process alone. For tests. */
const SAMPLE_SIGNER = signerOf(generateKeyPairSync('ed25519').privateKey);

/** A whole release of one day, step by step, without Temporal; answers its number. For tests. */
export async function releaseOn(
  db: Database,
  day: ParisDay,
  asked: Partial<Pick<ReleaseRequest, 'kind' | 'dryRun' | 'target' | 'scheduled' | 'forced'>> = {},
): Promise<number> {
  const at = instantOf(day, 12);
  const { n } = await db.asWorker((tx) =>
    openRelease(tx, { kind: 'normal', scheduled: false, day, requestedBy: null, at, ...asked }),
  );
  await runRelease(db, n);
  return n;
}

/** Drives a release that is open to its end. For tests. */
export async function runRelease(db: Database, n: number): Promise<void> {
  const { day } = await db.asWorker((tx) => requireRelease(tx, n));
  await prepareOnce(db, n, () => undefined);
  await freezeOnce(db, n);
  const release = { n, day: day as ParisDay, region: PAYS_DE_LA_LOIRE };
  for (let state = 'again'; state === 'again'; ) {
    await renderPages(db, release, () => {});
    const { outcome } = await judgeOnce(db, n);
    if (outcome === 'end') return;
    if (outcome === 'again') continue;
    ({ state } = await db.asWorkerAtLength((tx) => switchRelease(tx, n, new Date(instantOf(day as ParisDay, 12)))));
  }
  await writeManifest(db, n, SAMPLE_SIGNER);
  await db.asWorkerAtLength((tx) => saveReport(tx, n));
}
