import { sql } from 'kysely';
import type { FicheDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import type { FicheKind } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import type { FrozenInputs } from './freeze.ts';

/** A frozen fiche that waits to be rendered. */
export interface Pending {
  readonly ficheId: string;
  readonly kind: FicheKind;
  readonly versionN: number;
  readonly documentHash: string;
  readonly document: FicheDocument;
  readonly inputs: FrozenInputs;
  /** SHA-256 of the bytes that the offer holds of it today. */
  readonly currentSha: string | null;
}

/** The next fiches of a release that have no outcome yet, by id. */
export async function pendingPage(tx: Sql, n: number, limit: number): Promise<Pending[]> {
  const { rows } = await sql<Pending>`
    select c.fiche_id as "ficheId", f.kind, c.version_n as "versionN", v.hash as "documentHash", v.document, c.inputs,
      m.sha256 as "currentSha"
    from release_change c
    join fiche f on f.id = c.fiche_id
    join fiche_version v on v.fiche_id = c.fiche_id and v.n = c.version_n
    left join release_member m on m.fiche_id = c.fiche_id and m.to_release is null
    where c.release_n = ${n} and c.outcome = 'pending' order by c.fiche_id limit ${limit}`.execute(tx);
  return rows;
}

/** Accepted versions of organismes by `id:n`. */
export async function organismeVersions(tx: Sql, keys: readonly string[]): Promise<Map<string, OrganismeDocument>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; document: OrganismeDocument }>`
    select v.fiche_id || ':' || v.n as key, v.document
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) k
    join fiche_version v on v.fiche_id = split_part(k, ':', 1)::uuid and v.n = split_part(k, ':', 2)::int`.execute(tx);
  return new Map(rows.map(({ key, document }) => [key, document]));
}

/** A rendering known by the hash of its inputs. */
export interface Known {
  readonly inputHash: string;
  readonly sha256: string;
  readonly valid: boolean;
  readonly faults: readonly { readonly message: string }[] | null;
}

export async function knownRenderings(tx: Sql, inputHashes: readonly string[]): Promise<Map<string, Known>> {
  const { rows } = await sql<Known>`
    select r.input_hash as "inputHash", r.sha256, o.valid, o.faults
    from jsonb_array_elements_text(${JSON.stringify(inputHashes)}::jsonb) k
    join rendu r on r.input_hash = k join octets o on o.sha256 = r.sha256`.execute(tx);
  return new Map(rows.map((row) => [row.inputHash, row]));
}

/** New bytes and what they are the bytes of. */
export interface Rendering {
  readonly inputHash: string;
  readonly ficheId: string;
  readonly sha256: string;
  readonly bytes: Buffer;
  readonly valid: boolean;
  readonly faults: readonly unknown[];
  readonly numero: string;
  readonly actions: number;
  readonly sessions: number;
  readonly prochainChangement: string | null;
  readonly writerVersion: number;
}

/** Keeps renderings; the same bytes are kept once. */
export async function saveRenderings(tx: Sql, renderings: readonly Rendering[]): Promise<void> {
  if (renderings.length === 0) return;
  const octets = renderings.map(({ bytes, sha256, valid, faults }) => ({
    sha256,
    bytes: bytes.toString('base64'),
    valid,
    faults: faults.length === 0 ? null : faults.slice(0, 20),
  }));
  await sql`insert into octets (sha256, bytes, valid, faults)
    select x.sha256, decode(x.bytes, 'base64'), x.valid, x.faults
    from jsonb_to_recordset(${JSON.stringify(octets)}::jsonb) x(sha256 text, bytes text, valid boolean, faults jsonb)
    on conflict do nothing`.execute(tx);
  const rendus = renderings.map((it) => ({ ...it, bytes: undefined, faults: undefined }));
  await sql`insert into rendu (input_hash, fiche_id, sha256, writer_version, numero, actions, sessions, prochain_changement)
    select x."inputHash", x."ficheId", x.sha256, x."writerVersion", x.numero, x.actions, x.sessions, x."prochainChangement"
    from jsonb_to_recordset(${JSON.stringify(rendus)}::jsonb) x("inputHash" text, "ficheId" uuid, sha256 text,
      "writerVersion" int, numero text, actions int, sessions int, "prochainChangement" text)
    on conflict do nothing`.execute(tx);
}

/** What a release does with a fiche. */
export interface Outcome {
  readonly ficheId: string;
  readonly outcome: 'changed' | 'same' | 'deleted' | 'absent' | 'kept';
  readonly inputHash: string | null;
  readonly sha256: string | null;
  readonly reason: string | null;
}

export async function saveOutcomes(tx: Sql, n: number, outcomes: readonly Outcome[]): Promise<void> {
  await sql`update release_change c set outcome = x.outcome, input_hash = x."inputHash", sha256 = x.sha256, reason = x.reason
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) x("ficheId" uuid, outcome text, "inputHash" text,
      sha256 text, reason text)
    where c.release_n = ${n} and c.fiche_id = x."ficheId" and c.outcome = 'pending'`.execute(tx);
}

/** How many fiches a release froze and how many have their outcome. */
export async function renderProgress(tx: Sql, n: number): Promise<{ readonly total: number; readonly done: number }> {
  const { rows } = await sql<{ total: number; done: number }>`
    select count(*)::int as total, (count(*) filter (where outcome <> 'pending'))::int as done
    from release_change where release_n = ${n}`.execute(tx);
  return rows[0] ?? { total: 0, done: 0 };
}
