import type { z } from 'zod';
import type { Viewer } from '../../db/connect.ts';
import { forbiddenMerge, type Merge, mergeFiches } from '../../db/look-alikes/merge.ts';
import { keepVerdict } from '../../db/look-alikes/verdict.ts';
import { revision } from '../../db/soumissions/detail.ts';
import type { verdictBody } from '../../domain/contract/look-alike.contract.ts';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { isOpen } from '../../domain/model/statuts.ts';
import type { ApiDeps } from '../deps.ts';
import { actorOf, claimSoumission, decideSoumission, findDecision, requireSoumission } from './acts.ts';

interface Verdict {
  readonly viewer: Viewer;
  readonly id: string;
  /** The formation that it looks like. */
  readonly other: string;
  readonly command: string;
}
type Row = Awaited<ReturnType<typeof requireSoumission>>;

/** The numero of the other formation, null while it was never accepted; `introuvable` when there is none. */
async function numeroOf(deps: ApiDeps, viewer: Viewer, id: string): Promise<string | null> {
  const row = await deps.db.asViewer(viewer, (sql) =>
    sql
      .selectFrom('fiche')
      .leftJoin('formation', 'formation.id', 'fiche.id')
      .select('formation.numero')
      .where('fiche.id', '=', id)
      .where('fiche.kind', '=', 'formation')
      .executeTakeFirst(),
  );
  if (row === undefined) throw new SofiError('introuvable', `Cannot find formation "${id}"`, { formation: id });
  return row.numero;
}

async function reviewed(deps: ApiDeps, viewer: Viewer, row: Row): Promise<FormationDocument | null> {
  const document = await deps.db.asViewer(viewer, (sql) => revision(sql, row.id, row.version));
  return document?.kind === 'formation' ? document : null;
}

/**
 * The soumission whose fiche leaves is decided by its own workflow: taken first, so that a colleague's review is not cut
 * off, and refused once its fiche is one with the other. The same key tried again goes on where it stopped.
 */
async function mergeReviewed(deps: ApiDeps, said: Verdict, row: Row, merge: Merge): Promise<void> {
  const { viewer, id, other, command } = said;
  if (row.pour_of && row.auteur_id === viewer.userId) throw new SofiError('propre-saisie');
  const numero = await numeroOf(deps, viewer, other);
  if (numero === null) throw forbiddenMerge(merge, 'nonAcceptee');
  await claimSoumission(deps, { viewer, id, command: `${command}-claim` }, false);
  const proposed = await reviewed(deps, viewer, row);
  await deps.db.asWorker((sql) => mergeFiches(sql, { ...merge, proposed }));
  const motif = `Doublon : cette formation est réunie avec la formation ${numero}, qui garde ses sessions.`;
  const body = { kind: 'refuse', version: row.version, motif } as const;
  const decision = await deps.db.asViewer(viewer, (sql) => findDecision(sql, viewer, id, body));
  await decideSoumission(deps, { viewer, id, command: `${command}-refus` }, body, decision);
}

async function merge(deps: ApiDeps, said: Verdict, row: Row, keep: 'other' | 'this'): Promise<void> {
  const { viewer, id, other } = said;
  const [into, from] = keep === 'this' ? [row.fiche_id, other] : [other, row.fiche_id];
  const by = actorOf(viewer);
  const asked: Merge = { soumissionId: id, into, from, proposed: null, by, at: Date.now(), region: deps.region };
  if (keep === 'other' && isOpen(row.statut)) return mergeReviewed(deps, said, row, asked);
  await deps.db.asWorker((sql) => mergeFiches(sql, asked));
}

/**
 * Keeps what a moderator says of a soumission's formation and another, and does it when they are one and the same.
 * Refuses `version-perimee`, and of a merge `fusion-interdite`, `autre-soumission-ouverte`, `prise-par-un-collegue`,
 * `propre-saisie` and what acceptance refuses.
 */
export async function sayVerdict(
  deps: ApiDeps,
  said: Verdict,
  { verdict, keep = 'other', version }: z.infer<typeof verdictBody>,
): Promise<void> {
  const { viewer, id, other } = said;
  const row = await requireSoumission(deps, viewer, id);
  if (version !== undefined && version !== row.version) {
    throw new SofiError('version-perimee', `Cannot judge version ${version} of "${id}"`, { version: row.version });
  }
  await numeroOf(deps, viewer, other);
  if (verdict === 'merge') await merge(deps, said, row, keep);
  const fiche = { id: row.fiche_id, organismeId: row.organisme_id };
  await deps.db.asWorker((sql) =>
    keepVerdict(sql, { soumissionId: id, fiche, other, verdict, by: actorOf(viewer), at: Date.now() }),
  );
}
