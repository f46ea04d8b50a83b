import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { SofiError } from '../../domain/model/errors.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { documentWithout } from '../../domain/model/remove-person.ts';
import { FICHE_KINDS, type FicheKind } from '../../domain/model/vocabulary.ts';
import { json, type Sql } from '../connect.ts';
import { refusalsOf } from './acceptable.ts';
import { rememberingHash } from './content.ts';
import { type Rebased, rebaseAll } from './merge-accepted.ts';
import { withNumeros } from './numeros.ts';
import { closeFiches, project } from './projection/project.ts';
import { eraseEntries, removedPersons } from './removed-persons.ts';
import { revisionDocuments } from './revisions.ts';
import { acceptedVersions, type FicheRecord, type StepRecord } from './rows.ts';

/** When and where acceptances happen. */
export interface AcceptContext {
  readonly sql: Sql;
  readonly at: number;
  readonly region: RegionSettings;
}

/** A soumission to accept, its rows locked. */
export interface ToAccept {
  readonly fiche: FicheRecord;
  readonly row: StepRecord;
  /** Takes the fiche out of the offer. */
  readonly retrait: boolean;
  /** The content of the current version, when the caller has it at hand. */
  readonly deposited?: FicheDocument;
}

/** An accepted version: its number, its document and the hash of it. */
export interface Accepted {
  readonly n: number;
  readonly document: FicheDocument;
  readonly hash: string;
  /** It named a removed person: it was accepted without them. */
  readonly effacee: boolean;
}

/** What the journal tells of an accepted version. */
export function toldOf({ n, effacee }: Accepted): Readonly<Record<string, unknown>> {
  return { accepted: n, ...(effacee ? { personneRetiree: true } : {}) };
}

export type Acceptance =
  | { readonly kind: 'accepted'; readonly accepted: Accepted }
  | { readonly kind: 'refused'; readonly refusal: SofiError };

interface Rebasing extends ToAccept {
  readonly rebased: Rebased;
}

async function rebasing(sql: Sql, items: readonly ToAccept[]): Promise<Rebasing[]> {
  const unread = items.filter(({ deposited }) => deposited === undefined);
  const names = unread.map(({ row }) => ({ soumissionId: row.id, n: row.version }));
  const documents = await revisionDocuments(sql, names);
  const read = new Map(unread.map((item, index) => [item.row.id, documents[index]]));
  const asked = items.map(({ fiche, row, deposited }) => {
    const document = deposited ?? read.get(row.id);
    if (document === undefined) throw new Error(`Cannot find the content of soumission "${row.id}"`);
    return { fiche, document, baseVersion: row.base_version };
  });
  const rebased = await rebaseAll(sql, asked);
  return items.flatMap((item, index) => {
    const one = rebased[index];
    return one === undefined ? [] : [{ ...item, rebased: one }];
  });
}

/** The documents that may come in, with their numeros, and the reasons of the others, by fiche. */
async function admitted({ sql, region }: AcceptContext, items: readonly Rebasing[]) {
  const entering = items.filter(({ retrait }) => !retrait);
  const documents = entering.map(({ rebased }) => rebased.document);
  const refusals = new Map(await refusalsOf(sql, documents));
  const toNumber = entering.flatMap(({ fiche, rebased: { document } }) =>
    document.kind === 'formation' && !refusals.has(fiche.id) ? [{ formation: document, source: fiche.source }] : [],
  );
  const numbered = await withNumeros(sql, toNumber, region.prefixe);
  for (const [id, refusal] of numbered.refusals) refusals.set(id, refusal);
  return { refusals, documents: numbered.documents };
}

interface NewVersion {
  readonly fiche: FicheRecord;
  readonly soumissionId: string;
  readonly document: FicheDocument;
  readonly retrait: boolean;
  /** What the fiche's current version says. */
  readonly before: { readonly hash: string; readonly retrait: boolean } | null;
}

interface Cleaned extends NewVersion {
  readonly effacee: boolean;
}

/** The door of every version: whatever its source, it comes in without the persons who were removed (design §7). */
async function withoutRemoved(sql: Sql, versions: readonly NewVersion[]): Promise<Cleaned[]> {
  const remover = await removedPersons(sql);
  if (remover === null) return versions.map((one) => ({ ...one, effacee: false }));
  const cleaned = versions.map((one): Cleaned => {
    const document = documentWithout(one.document, remover);
    return { ...one, document, effacee: document !== one.document };
  });
  for (const { fiche } of cleaned.filter(({ effacee }) => effacee)) await eraseEntries(sql, fiche.id, remover);
  return cleaned;
}

/** Appends a version to each fiche and brings the rows of the offer to it. */
async function appendVersions({ sql, at }: AcceptContext, given: readonly NewVersion[]): Promise<Accepted[]> {
  if (given.length === 0) return [];
  const versions = await withoutRemoved(sql, given);
  const acceptedAt = new Date(at);
  const day = parisDayOf(at);
  const hashOf = rememberingHash();
  const hashed = versions.map((one) => ({ ...one, n: one.fiche.version_n + 1, hash: hashOf(one.document) }));
  const rows = hashed.map(({ fiche, soumissionId, document, n, hash, retrait }) => {
    return { fiche: fiche.id, n, document, hash, soumission: soumissionId, retrait };
  });
  await raw`with x as materialized (select * from jsonb_to_recordset(${json(rows)}) as x(fiche uuid, n int, document jsonb,
      hash text, soumission uuid, retrait boolean)),
    kept as (insert into fiche_version (fiche_id, n, document, hash, soumission_id, accepted_at, retrait)
      select fiche, n, document, hash, soumission, ${acceptedAt}::timestamptz, retrait from x)
    update fiche set version_n = x.n, fermee_le = case when x.retrait then ${acceptedAt}::timestamptz end
    from x where fiche.id = x.fiche`.execute(sql);
  const projected = hashed.map(({ fiche, document, n, hash, retrait, before }) => {
    const changed = before === null || before.retrait || before.hash !== hash;
    return { document, retrait, version: { n, day, at: acceptedAt, source: fiche.source, changed } };
  });
  await project(
    sql,
    projected.filter(({ retrait }) => !retrait),
    hashOf,
  );
  await closeFiches(
    sql,
    projected.filter(({ retrait }) => retrait),
  );
  return hashed.map(({ n, document, hash, effacee }) => ({ n, document, hash, effacee }));
}

async function acceptKind(on: AcceptContext, items: readonly ToAccept[]): Promise<Acceptance[]> {
  if (items.length === 0) return [];
  const rebased = await rebasing(on.sql, items);
  const { refusals, documents } = await admitted(on, rebased);
  const taken = rebased.filter(({ fiche }) => !refusals.has(fiche.id));
  const accepted = await appendVersions(
    on,
    taken.map(({ fiche, row, retrait, rebased: { document, before } }) => ({
      fiche,
      soumissionId: row.id,
      document: retrait ? (before?.document ?? document) : (documents.get(fiche.id) ?? document),
      retrait,
      before,
    })),
  );
  const byFiche = new Map(taken.map(({ fiche }, index) => [fiche.id, accepted[index]]));
  return rebased.map(({ fiche }): Acceptance => {
    const refusal = refusals.get(fiche.id);
    if (refusal !== undefined) return { kind: 'refused', refusal };
    const one = byFiche.get(fiche.id);
    if (one === undefined) throw new Error(`Cannot find the accepted version of fiche "${fiche.id}"`);
    return { kind: 'accepted', accepted: one };
  });
}

/**
 * Accepts the deposited versions of soumissions of different fiches, organismes first: numeros, versions, rows of the
 * offer and CPF marking, in the caller's transaction, one statement each for all. What cannot be accepted is refused
 * apart and leaves nothing behind: `organisme-non-accepte` (with the organisme's open soumission),
 * `organisme-deja-connu`, `reference-deja-prise`, `numero-deja-pris`, `numero-invalide`, `corps-invalide`.
 */
export async function acceptAll(on: AcceptContext, items: readonly ToAccept[]): Promise<Acceptance[]> {
  const answers = new Map<string, Acceptance>();
  const ofKind = (kind: FicheKind) => items.filter(({ fiche }) => fiche.kind === kind);
  for (const group of FICHE_KINDS.map(ofKind)) {
    for (const [index, answer] of (await acceptKind(on, group)).entries()) {
      const id = group[index]?.row.id;
      if (id !== undefined) answers.set(id, answer);
    }
  }
  return items.flatMap(({ row }) => answers.get(row.id) ?? []);
}

/** The same for one soumission; throws its refusal. */
export async function accept(
  on: AcceptContext & Pick<ToAccept, 'fiche' | 'row'>,
  { retrait }: { readonly retrait: boolean },
): Promise<Accepted> {
  const [answer] = await acceptAll(on, [{ fiche: on.fiche, row: on.row, retrait }]);
  if (answer?.kind === 'accepted') return answer.accepted;
  throw answer?.refusal ?? new Error(`Cannot accept soumission "${on.row.id}"`);
}

/**
 * Takes acceptances back, one statement each for all: the earlier document becomes a new version, or the fiche leaves the
 * offer. In the order given.
 */
export async function restoreAllEarlier(
  on: AcceptContext,
  items: readonly Pick<ToAccept, 'fiche' | 'row'>[],
): Promise<Accepted[]> {
  const numbered = items.map(({ fiche, row }) => ({ fiche, row, n: row.accepted_n ?? fiche.version_n }));
  const versionOf = await acceptedVersions(
    on.sql,
    numbered.flatMap(({ fiche: { id: ficheId, version_n }, n }) =>
      [n, n - 1, version_n].map((one) => ({ ficheId, n: one })),
    ),
  );
  const versions = numbered.map(({ fiche, row, n }): NewVersion => {
    const at = (which: number) => versionOf({ ficheId: fiche.id, n: which });
    const [current, earlier] = [at(n), at(n - 1)];
    if (current === null) throw new Error(`Cannot find version ${n} of fiche "${fiche.id}"`);
    const { document, retrait } = earlier ?? { ...current, retrait: true };
    return { fiche, soumissionId: row.id, document, retrait, before: at(fiche.version_n) };
  });
  return appendVersions(on, versions);
}

/** The same for one. */
export async function restoreEarlier(on: AcceptContext & Pick<ToAccept, 'fiche' | 'row'>): Promise<Accepted> {
  const [restored] = await restoreAllEarlier(on, [{ fiche: on.fiche, row: on.row }]);
  if (restored === undefined) throw new Error(`Cannot restore fiche "${on.fiche.id}"`);
  return restored;
}
