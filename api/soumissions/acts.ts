import type { Sql, Viewer } from '../../db/connect.ts';
import { keepDecision, keepWords } from '../../db/moderation/index.ts';
import { lastDecision, organismeWaiting, revision } from '../../db/soumissions/detail.ts';
import { readSoumissionRow, readVersion } from '../../db/soumissions/list.ts';
import type { DecisionBody } from '../../domain/contract/soumission.contract.ts';
import { diffDocuments } from '../../domain/model/diff.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { UserId } from '../../domain/model/ids.ts';
import type { Actor, Decision } from '../../domain/model/requests.ts';
import { type DecisionRef, UPDATES } from '../../workflows/messages.ts';
import type { ApiDeps } from '../deps.ts';
import { iso } from '../time.ts';
import { updateSoumission } from './update.ts';

/** Who acts, as workflows take it. */
export const actorOf = ({ userId, role }: Viewer): Actor => ({ userId: userId as UserId, role });

/** The row that an act is on; `introuvable` behind the wall. */
export async function requireSoumission(deps: ApiDeps, viewer: Viewer, id: string) {
  const row = await deps.db.asViewer(viewer, (sql) => readSoumissionRow(sql, { viewer, now: new Date() }, id));
  if (row === undefined) throw new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
  return row;
}

/** The version of the soumission that an act is on; `introuvable` behind the wall. */
async function requireVersion(sql: Sql, viewer: Viewer, id: string): Promise<number> {
  const version = await readVersion(sql, { viewer, now: new Date() }, id);
  if (version === undefined) throw new SofiError('introuvable', `Cannot find soumission "${id}"`, { soumission: id });
  return version;
}

/** What moved between the version that was looked at and the current one, for a 412. */
async function stalenessIn(sql: Sql, viewer: Viewer, id: string, looked: number): Promise<SofiError> {
  const version = (await readVersion(sql, { viewer, now: new Date() }, id)) ?? looked;
  const [before, after] = [await revision(sql, id, looked), await revision(sql, id, version)];
  const difference = before === undefined || after === undefined ? [] : diffDocuments(before, after);
  return new SofiError('version-perimee', `Cannot decide on version ${looked} of "${id}"`, { version, difference });
}

/** The same in a transaction of its own. */
export function staleness(deps: ApiDeps, viewer: Viewer, id: string, looked: number): Promise<SofiError> {
  return deps.db.asViewer(viewer, (sql) => stalenessIn(sql, viewer, id, looked));
}

/** Who holds it and until when, by name: the workflow knows ids only. */
async function heldBy(deps: ApiDeps, viewer: Viewer, id: string, refusal: SofiError): Promise<SofiError> {
  const row = await requireSoumission(deps, viewer, id);
  if (row.claim_by === null || row.claim_expires === null) return refusal;
  const by = { id: row.claim_by, nom: row.holder_nom ?? '', role: row.holder_role ?? 'moderateur' };
  return new SofiError(refusal.code, refusal.message, { by, expires: iso(row.claim_expires) });
}

/** Who decided and what, for those who come later; nobody is named for what a rule approved. */
async function decidedBy(deps: ApiDeps, viewer: Viewer, id: string, refusal: SofiError): Promise<SofiError> {
  const decision = await deps.db.asViewer(viewer, (sql) => lastDecision(sql, id));
  if (decision === null) return refusal;
  const { kind, at, by: userId, nom, role } = decision;
  const by = userId === null ? null : { id: userId, nom: nom ?? '', role: role ?? 'moderateur' };
  return new SofiError(refusal.code, refusal.message, { ...refusal.details, kind, at: iso(at), by });
}

/** The soumission of the organisme that has to be accepted first. */
async function organismeFirst(deps: ApiDeps, viewer: Viewer, id: string, refusal: SofiError): Promise<SofiError> {
  const organisme = await deps.db.asViewer(viewer, (sql) => organismeWaiting(sql, id));
  return new SofiError(refusal.code, refusal.message, { ...refusal.details, soumission: organisme?.id ?? null });
}

/** An act through the workflow; what it refuses is told with what people need to see. */
export async function act<T>(
  deps: ApiDeps,
  viewer: Viewer,
  id: string,
  looked: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof SofiError)) throw error;
    if (error.code === 'version-perimee') throw await staleness(deps, viewer, id, looked);
    if (error.code === 'organisme-non-accepte') throw await organismeFirst(deps, viewer, id, error);
    if (error.code === 'deja-decidee') throw await decidedBy(deps, viewer, id, error);
    if (error.code === 'prise-par-un-collegue') throw await heldBy(deps, viewer, id, error);
    throw error;
  }
}

export interface Act {
  readonly viewer: Viewer;
  readonly id: string;
  readonly command: string;
}

export async function claimSoumission(deps: ApiDeps, { viewer, id, command }: Act, takeOver: boolean) {
  await deps.db.asViewer(viewer, (sql) => requireVersion(sql, viewer, id));
  return act(deps, viewer, id, 0, () =>
    updateSoumission(deps, {
      soumissionId: id,
      update: UPDATES.claim,
      args: [{ by: actorOf(viewer), takeOver }],
      updateId: command,
    }),
  );
}

export async function giveBackSoumission(deps: ApiDeps, { viewer, id, command }: Act) {
  await deps.db.asViewer(viewer, (sql) => requireVersion(sql, viewer, id));
  return act(deps, viewer, id, 0, () =>
    updateSoumission(deps, {
      soumissionId: id,
      update: UPDATES.giveBack,
      args: [{ by: actorOf(viewer) }],
      updateId: command,
    }),
  );
}

export async function undoSoumission(deps: ApiDeps, { viewer, id, command }: Act) {
  await deps.db.asViewer(viewer, (sql) => requireVersion(sql, viewer, id));
  return updateSoumission(deps, {
    soumissionId: id,
    update: UPDATES.undo,
    args: [{ by: actorOf(viewer) }],
    updateId: command,
  });
}

export async function withdrawSoumission(deps: ApiDeps, { viewer, id, command }: Act, motif: string | undefined) {
  await deps.db.asViewer(viewer, (sql) => requireVersion(sql, viewer, id));
  const words =
    motif === undefined
      ? {}
      : { words: await deps.db.asViewer(viewer, (sql) => keepWords(sql, { soumissionId: id, words: { motif } })) };
  return updateSoumission(deps, {
    soumissionId: id,
    update: UPDATES.withdraw,
    args: [{ by: actorOf(viewer), ...words }],
    updateId: command,
  });
}

/** A decision as the model knows it: the contract's own members apart. */
function decisionOf(body: DecisionBody): Decision {
  const { version } = body;
  if (body.kind === 'approve') return { kind: 'approve', version };
  if (body.kind === 'refuse') return { kind: 'refuse', version, motif: body.motif };
  const champs = body.champs.map(({ path, reason, comment, suggestion }) => ({
    path,
    reason,
    comment,
    ...(suggestion === undefined ? {} : { suggestion }),
  }));
  return { kind: 'requestChanges', version, champs, ...(body.motif === undefined ? {} : { motif: body.motif }) };
}

/** Approves the organisme of a formation before the formation itself, when it waits for that. */
async function approveOrganisme(deps: ApiDeps, { viewer, id, command }: Act): Promise<void> {
  const organisme = await deps.db.asViewer(viewer, (sql) => organismeWaiting(sql, id));
  if (organisme === undefined) return;
  const { id: soumissionId, version } = organisme;
  await act(deps, viewer, soumissionId, version, () =>
    updateSoumission(deps, {
      soumissionId,
      update: UPDATES.decide,
      args: [{ by: actorOf(viewer), decision: { kind: 'approve', version } }],
      updateId: `${command}-organisme`,
    }),
  );
}

/** A decision as its workflow takes it, its words kept; judges the version first (412 with the difference). */
export async function findDecision(sql: Sql, viewer: Viewer, id: string, body: DecisionBody): Promise<DecisionRef> {
  if ((await requireVersion(sql, viewer, id)) !== body.version) throw await stalenessIn(sql, viewer, id, body.version);
  return keepDecision(sql, { soumissionId: id, decision: decisionOf(body) });
}

/** Lets the workflow decide, that of the organisme first where both are approved. */
export async function decideSoumission(
  deps: ApiDeps,
  { viewer, id, command }: Act,
  body: DecisionBody,
  decision: DecisionRef,
) {
  if (body.kind === 'approve' && body.avecOrganisme === true) await approveOrganisme(deps, { viewer, id, command });
  const token = body.token === undefined ? {} : { token: body.token };
  return act(deps, viewer, id, body.version, () =>
    updateSoumission(deps, {
      soumissionId: id,
      update: UPDATES.decide,
      args: [{ by: actorOf(viewer), decision, ...token }],
      updateId: command,
    }),
  );
}
