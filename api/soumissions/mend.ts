import { keepWords } from '../../db/moderation/index.ts';
import { revision } from '../../db/soumissions/detail.ts';
import { ficheDocument } from '../../domain/contract/brouillon.contract.ts';
import type { MendBody } from '../../domain/contract/vie.contract.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { isMendable, type MendWish, mendDocument } from '../../domain/model/mends.ts';
import { UPDATES } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { issuesOf } from '../issues.ts';
import { type Act, act, actorOf, requireSoumission, staleness } from './acts.ts';
import { updateSoumission } from './update.ts';

/** The mender sees what the checks say of it when they are done by then. */
const CHECKS_WAIT_MS = 3_000;

function requirePossible(document: Parameters<typeof mendDocument>[0], champs: readonly MendWish[]): void {
  const foreign = champs.find(({ path }) => !isMendable(path));
  if (foreign !== undefined) throw new SofiError('champ-non-corrigeable', undefined, { path: foreign.path });
  const parsed = ficheDocument.safeParse(mendDocument(document, champs).document, { reportInput: true });
  if (!parsed.success) throw new SofiError('corps-invalide', undefined, { issues: issuesOf(parsed.error) });
}

/** A moderator mends fields of the version that was looked at; waits a moment for the checks of what it made. */
export async function mendSoumission(deps: ApiDeps, { viewer, id, command }: Act, body: MendBody): Promise<void> {
  const row = await requireSoumission(deps, viewer, id);
  if (row.version !== body.version) throw await staleness(deps, viewer, id, body.version);
  const champs = body.champs.map(({ path, value, reason }) => ({ path, reason, ...(value == null ? {} : { value }) }));
  const words = await deps.db.asViewer(viewer, async (sql) => {
    const document = await revision(sql, id, body.version);
    if (document === undefined) throw new SofiError('introuvable', undefined, { soumission: id });
    requirePossible(document, champs);
    return keepWords(sql, { soumissionId: id, words: { mends: champs } });
  });
  await act(deps, viewer, id, body.version, () =>
    updateSoumission(deps, {
      soumissionId: id,
      update: UPDATES.mend,
      args: [{ by: actorOf(viewer), version: body.version, words }],
      updateId: command,
    }),
  );
  const wait = { update: UPDATES.checked, args: [], updateId: `${command}-checked`, deadlineMs: CHECKS_WAIT_MS };
  await updateSoumission(deps, { soumissionId: id, ...wait }).catch(() => undefined);
}
