import type { Sql } from '../../db/connect.ts';
import { type Gone, goneSessions, keepOrganismes, stopsAll, suspectOrganismes } from '../../db/publication/breaker.ts';
import { switchedWithPrevious } from '../../db/publication/manifest.ts';
import { countsOf, differenceOf } from '../../db/publication/members.ts';
import type { ReleaseStand } from '../../db/publication/releases.ts';
import { keepBreaker, type Report } from '../../db/publication/report.ts';
import { BREAKER } from '../../domain/model/breaker.ts';

export interface Verdict {
  /** `again`: some organismes keep their bytes, to be rendered; `stop`: an administrator has to look. */
  readonly outcome: 'pass' | 'again' | 'stop';
  readonly reason?: 'disjoncteur' | 'reRendered';
  readonly found: Pick<Report, 'gone' | 'organismes'>;
}

function summed(gone: readonly Gone[]): Report['gone'] {
  return {
    sessions: gone.reduce((sum, one) => sum + one.gone + one.perimees, 0),
    of: gone.reduce((sum, one) => sum + one.of, 0),
  };
}

/** True when a new writer alone changed more of the offer than may pass unseen. */
async function rewritten(tx: Sql, n: number): Promise<boolean> {
  const { reRendered } = await differenceOf(tx, n);
  if (reRendered === 0) return false;
  const { previous } = await switchedWithPrevious(tx, n);
  const { formations } = await countsOf(tx, previous?.n ?? n);
  return reRendered > BREAKER.reRendered * formations;
}

/**
 * The circuit breaker of design §7 on what a release prepared: an organisme that would lose most of its sessions keeps
 * its previous bytes, too much in all stops the release. A roll-back and an emergency are asked for by people, and one
 * that was forced passes.
 */
export async function judgeDisappearances(
  tx: Sql,
  { n, day, kind, forced }: ReleaseStand,
  known: readonly Gone[] = [],
): Promise<Verdict> {
  const gone = await goneSessions(tx, n, day);
  const passes = kind !== 'normal' || forced !== null;
  const suspects = passes ? [] : suspectOrganismes(gone);
  const organismes = [...known, ...suspects];
  const found = { gone: summed(gone), organismes };
  if (suspects.length > 0) {
    await keepOrganismes(
      tx,
      n,
      suspects.map(({ organisme }) => organisme),
    );
    await keepBreaker(tx, n, found);
    return { outcome: 'again', found };
  }
  await keepBreaker(tx, n, found);
  if (passes) return { outcome: 'pass', found };
  if (stopsAll(gone)) return { outcome: 'stop', reason: 'disjoncteur', found };
  if (await rewritten(tx, n)) return { outcome: 'stop', reason: 'reRendered', found };
  return { outcome: 'pass', found };
}
