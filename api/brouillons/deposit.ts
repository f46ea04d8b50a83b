import type { Viewer } from '../../db/connect.ts';
import { type DepositAnswer, depositBrouillon, markTaskDone } from '../../db/moderation/index.ts';
import type { SoumissionDto } from '../../domain/contract/soumission.contract.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import type { Lang } from '../../domain/model/words.ts';
import { UPDATES } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { requestOfLine } from '../request-context.ts';
import { actorOf } from '../soumissions/acts.ts';
import { soumissionDto } from '../soumissions/dto.ts';
import { updateSoumission } from '../soumissions/update.ts';

/** How long a deposit waits for its checks; interface.md §3. */
const PATIENCE_MS = 3_000;

const ABSENCES = new Set(['temporal-absent', 'sans-worker']);

/** Tells the workflow; false when it was not heard in time: the relay then does it. */
async function tellWorkflow(deps: ApiDeps, viewer: Viewer, deposit: DepositAnswer, command: string): Promise<boolean> {
  const { soumissionId, brouillonId, outboxId, next } = deposit;
  const until = Date.now() + PATIENCE_MS;
  const left = () => Math.max(200, until - Date.now());
  try {
    if (next === 'revise') {
      const args = [{ by: actorOf(viewer), brouillonId }];
      const updateId = `outbox-${outboxId}`;
      await updateSoumission(deps, { soumissionId, update: UPDATES.revise, args, updateId, deadlineMs: left() });
      await deps.db.asWorker((sql) => markTaskDone(sql, outboxId));
    }
    const updateId = `checked-${command}`;
    await updateSoumission(deps, { soumissionId, update: UPDATES.checked, args: [], updateId, deadlineMs: left() });
    await deps.db.asWorker((sql) => markTaskDone(sql, outboxId));
    return true;
  } catch (error) {
    if (!(error instanceof SofiError) || !ABSENCES.has(error.code)) throw error;
    deps.log.warn({ code: error.code, soumission: soumissionId }, 'deposit left to the relay');
    return false;
  }
}

interface DepositCall {
  readonly deps: ApiDeps;
  readonly viewer: Viewer;
  readonly langue: Lang;
  readonly command: string;
}

/** Deposits a draft in one transaction, tells its workflow and waits up to 3 s for the checks. */
export async function deposit(
  { deps, viewer, langue, command }: DepositCall,
  brouillonId: string,
): Promise<{ readonly status: 201 | 202; readonly body: SoumissionDto; readonly headers: Record<string, string> }> {
  const { db, region } = deps;
  const by = actorOf(viewer);
  const at = Date.now() as InstantMs;
  const made = await db.asViewer(viewer, (sql) =>
    depositBrouillon(sql, { brouillonId, by, at, dueHour: region.dueHour, commande: command, ...requestOfLine() }),
  );
  const heard = await tellWorkflow(deps, viewer, made, command);
  const shown = await db.asViewer(viewer, (sql) => soumissionDto(deps, sql, { viewer, langue, id: made.soumissionId }));
  const body = heard ? shown : { ...shown, controles: 'enCours' as const };
  const headers = { Location: `/api/v1/soumissions/${made.soumissionId}` };
  return { status: body.controles === 'enCours' ? 202 : 201, body, headers };
}
