import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { joinFormations } from '../../domain/model/look-alikes.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Actor } from '../../domain/model/requests.ts';
import type { SoumissionKind } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { acceptAll, toldOf } from '../moderation/accept.ts';
import { entriesOf } from '../moderation/commands/step.ts';
import { contentColumns } from '../moderation/content.ts';
import { idsBelow } from '../moderation/ids-owned.ts';
import { appendJournal } from '../moderation/journal.ts';
import { freezeRevision } from '../moderation/revisions.ts';
import {
  acceptedVersion,
  type FicheRecord,
  leavesOffer,
  lockFiches,
  lockForSteps,
  openSoumissionOf,
} from '../moderation/rows.ts';

/** Two formations to make one, while a soumission of one of them is reviewed. */
export interface Merge {
  readonly soumissionId: string;
  /** Stays, with its numero. */
  readonly into: string;
  /** Leaves the offer, replaced by the other. */
  readonly from: string;
  /** What is reviewed of the fiche that leaves, when it is that one. */
  readonly proposed: FormationDocument | null;
  readonly by: Actor;
  readonly at: number;
  readonly region: RegionSettings;
}

const inOffer = ({ version_n, fermee_le }: FicheRecord) => version_n > 0 && fermee_le === null;

/** Why two formations are not made one. */
export function forbiddenMerge({ into, from }: Merge, why: 'nature' | 'organisme' | 'nonAcceptee'): SofiError {
  return new SofiError('fusion-interdite', `Cannot merge "${from}" into "${into}": ${why}`, { raison: why });
}

async function acceptedFormation(sql: Sql, fiche: FicheRecord): Promise<FormationDocument | null> {
  if (!inOffer(fiche)) return null;
  const document = (await acceptedVersion(sql, fiche.id, fiche.version_n))?.document;
  return document?.kind === 'formation' ? document : null;
}

/** Every row below that moves goes to its new fiche under its own id, and so does the record of its numero. */
async function moveRows(sql: Sql, ids: readonly string[], into: string): Promise<void> {
  const moved = raw`any (${[...ids]}::uuid[])`;
  await raw`with a as (update action set formation_id = ${into}::uuid where id = ${moved}),
    s as (update session set formation_id = ${into}::uuid where id = ${moved}),
    d as (update dispositif set formation_id = ${into}::uuid where id = ${moved}),
    c as (update cpf_marking set formation_id = ${into}::uuid where session_id = ${moved})
    update numero_given set fiche_id = ${into}::uuid where objet_id = ${moved}`.execute(sql);
}

interface Entered {
  readonly fiche: FicheRecord;
  readonly kind: Extract<SoumissionKind, 'change' | 'withdrawal'>;
  readonly document: FormationDocument;
  readonly before: FormationDocument;
}

/** A soumission of the Cariforef's own, deposited; `lot`: it is decided here and has no workflow. */
async function enter(sql: Sql, { by, at }: Merge, { fiche, kind, document, before }: Entered): Promise<string> {
  const when = new Date(at);
  const { resume, ...columns } = contentColumns(document, before);
  const { id } = await sql
    .insertInto('soumission')
    .values({
      ...columns,
      resume: resume === null ? null : json(resume),
      fiche_id: fiche.id,
      organisme_id: fiche.organisme_id,
      kind,
      source: 'saisie',
      // Not open for a moment: the soumission under review is.
      statut: 'brouillon',
      version: 1,
      seq: 1,
      base_version: fiche.version_n,
      conduite: 'lot',
      document: json(document),
      auteur_id: by.userId,
      pour_of: true,
      created_at: when,
      saved_at: when,
      deposee_le: when,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await freezeRevision(sql, { id, organisme_id: fiche.organisme_id }, { n: 1, document, auteurId: by.userId, at });
  return id;
}

/** Accepts what was entered, and tells the journal each step of it. */
async function acceptEntered(sql: Sql, merge: Merge, ids: readonly string[]): Promise<void> {
  const { by, at, region } = merge;
  const locked = await lockForSteps(sql, ids);
  const places = ids.flatMap((id) => locked.get(id) ?? []);
  const answers = await acceptAll(
    { sql, at, region },
    places.map(({ fiche, row }) => ({ fiche, row, retrait: leavesOffer(row) })),
  );
  for (const [index, { fiche, row }] of places.entries()) {
    const answer = answers[index];
    if (answer?.kind !== 'accepted') throw answer?.refusal ?? new Error(`Cannot accept soumission "${row.id}"`);
    const { n, document, hash } = answer.accepted;
    // No decision row and no day of decision: what two fiches became in one act is not undone on one of them.
    await sql
      .updateTable('soumission')
      .set({ statut: 'validee', seq: row.seq + 1, accepted_n: n, document: json(document), document_hash: hash })
      .where('id', '=', row.id)
      .execute();
    const step = { fiche, row, at: at as InstantMs, region, commande: `fusion-${row.id}` };
    const fusion = { fusion: fiche.id === merge.into ? merge.from : merge.into };
    await appendJournal(
      sql,
      entriesOf(step, [
        { act: 'deposer', from: 'brouillon', to: 'deposee', by, data: fusion },
        { act: 'controler', from: 'deposee', to: 'controlee', data: fusion },
        { act: 'claim', from: 'controlee', to: 'enRevue', by, data: fusion },
        { act: 'approve', from: 'enRevue', to: 'validee', by, data: { ...fusion, ...toldOf(answer.accepted) } },
      ]),
    );
  }
}

interface Pair {
  readonly into: FicheRecord;
  readonly from: FicheRecord;
}

async function lockPair(sql: Sql, merge: Merge): Promise<Pair> {
  const fiches = await lockFiches(sql, [merge.into, merge.from]);
  const [into, from] = [fiches.get(merge.into), fiches.get(merge.from)];
  if (into === undefined || from === undefined) throw new SofiError('introuvable');
  return { into, from };
}

async function requireMergeable(sql: Sql, merge: Merge, { into, from }: Pair): Promise<void> {
  if (into.kind !== 'formation' || from.kind !== 'formation' || into.id === from.id)
    throw forbiddenMerge(merge, 'nature');
  if (into.organisme_id !== from.organisme_id) throw forbiddenMerge(merge, 'organisme');
  if (!inOffer(into)) throw forbiddenMerge(merge, 'nonAcceptee');
  const open = await openSoumissionOf(sql, from.id);
  if (open === undefined || open.id === merge.soumissionId) return;
  throw new SofiError('autre-soumission-ouverte', `Cannot retire "${from.id}"`, { soumission: open.id });
}

/**
 * Makes two formations of one organisme one, in the caller's transaction: the one that stays gets the actions and
 * sessions of the other, each under its own id and numero, by an accepted version; the other leaves the offer with
 * `remplacePar`, from which a release makes its tombstone. Done already, it changes nothing. The soumission under review
 * is not touched: its own workflow decides it. Refuses `fusion-interdite`, `autre-soumission-ouverte` and what
 * acceptance refuses.
 */
export async function mergeFiches(sql: Sql, merge: Merge): Promise<void> {
  const pair = await lockPair(sql, merge);
  const { into, from } = pair;
  if (from.remplace_par === into.id) return;
  await requireMergeable(sql, merge, pair);
  const kept = await acceptedFormation(sql, into);
  const left = await acceptedFormation(sql, from);
  const brought = merge.proposed ?? left;
  if (kept === null || brought === null) throw forbiddenMerge(merge, 'nonAcceptee');
  const joined = joinFormations(kept, brought);
  const own = new Set(idsBelow(kept));
  await moveRows(
    sql,
    idsBelow(joined).filter((id) => !own.has(id)),
    into.id,
  );
  const change = await enter(sql, merge, { fiche: into, kind: 'change', document: joined, before: kept });
  const withdrawal =
    left === null ? [] : [await enter(sql, merge, { fiche: from, kind: 'withdrawal', document: left, before: left })];
  await acceptEntered(sql, merge, [change, ...withdrawal]);
  await sql
    .updateTable('fiche')
    .set({ remplace_par: into.id, fermee_le: new Date(merge.at) })
    .where('id', '=', from.id)
    .execute();
}
