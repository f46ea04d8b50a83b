import { sql as raw } from 'kysely';
import type { Sql, Viewer } from '../../db/connect.ts';
import { releaseAttribution, setAsideNext } from '../../db/soumissions/next.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { ApiDeps } from '../deps.ts';
import { claimSoumission } from './acts.ts';

/** Refusals by which an item went to somebody else, or elsewhere, meanwhile: the next one is tried. */
const GONE = new Set(['prise-par-un-collegue', 'deja-decidee', 'transition-interdite', 'introuvable']);

/** What an earlier try of the same command claimed, if it took effect. */
async function claimedBefore(sql: Sql, viewer: Viewer, command: string): Promise<string | undefined> {
  const { rows } = await raw<{ id: string }>`
    select c.soumission_id as id from claim c join journal j on j.soumission_id = c.soumission_id
    where c.user_id = ${viewer.userId} and c.live and j.commande = c.soumission_id::text || ':' || ${command}`.execute(
    sql,
  );
  return rows[0]?.id;
}

async function tryClaim(deps: ApiDeps, viewer: Viewer, id: string, command: string): Promise<boolean> {
  try {
    await claimSoumission(deps, { viewer, id, command }, false);
    return true;
  } catch (error) {
    if (error instanceof SofiError && GONE.has(error.code)) return false;
    throw error;
  } finally {
    await deps.db.asViewer(viewer, (sql) => releaseAttribution(sql, id, viewer));
  }
}

/**
 * Claims for a person the waiting soumission with the soonest promise; undefined when none is left. Two people are
 * never given the same: what one is about to claim is set aside, and the workflow's own fence has the last word.
 */
export async function claimNext(deps: ApiDeps, viewer: Viewer, command: string): Promise<string | undefined> {
  const before = await deps.db.asViewer(viewer, (sql) => claimedBefore(sql, viewer, command));
  if (before !== undefined) return before;
  const passed: string[] = [];
  for (;;) {
    const found = await deps.db.asViewer(viewer, (sql) => setAsideNext(sql, { viewer, at: Date.now(), passed }));
    if (found === undefined) return undefined;
    if (!found.mine) continue;
    if (await tryClaim(deps, viewer, found.id, command)) return found.id;
    passed.push(found.id);
  }
}
