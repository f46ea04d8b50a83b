import { sql } from 'kysely';
import type { FicheDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import { documentWithout } from '../../domain/model/remove-person.ts';
import type { FicheKind, Source } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';
import { neverReceived, withMarksOf } from '../moderation/contact-marks.ts';
import { contentHash } from '../moderation/content.ts';
import { removedPersons } from '../moderation/removed-persons.ts';
import type { FrozenInputs } from './freeze.ts';

/** A frozen fiche that waits to be rendered. */
export interface Pending {
  readonly ficheId: string;
  readonly kind: FicheKind;
  readonly versionN: number;
  readonly documentHash: string;
  readonly document: FicheDocument;
  /** People entered all of it. */
  readonly entered: boolean;
  readonly inputs: FrozenInputs;
  /** By which door the version came: the rules judge it by that door's severities. */
  readonly source: Source;
  /** Why an earlier version stays although another one is accepted. */
  readonly keptOut: string | null;
  /** SHA-256 of the bytes that the offer holds of it today, the version they show and the sessions in them. */
  readonly currentSha: string | null;
  readonly currentN: number | null;
  readonly currentFins: Readonly<Record<string, string | null>> | null;
  /** Taken up because of another writer alone, unless something lapsed. */
  readonly byWriter: boolean;
  /** False for what a roll-back brings back, which was shown before, and for what is withdrawn in emergency. */
  readonly mayLapse: boolean;
}

const columns = sql`${neverReceived(sql`f.id`)} as entered, f.id as "ficheId", f.kind, v.n as "versionN", v.hash as "documentHash", v.document,
  coalesce(s.source, 'saisie') as source, m.sha256 as "currentSha", m.version_n as "currentN", r.fins as "currentFins"`;

/**
 * The last door, of what is rendered as other content: what was accepted while a person was being removed goes out without
 * them, and contacts that people entered before they had marks stay inside.
 */
async function asShown(tx: Sql, rows: readonly Pending[]): Promise<Pending[]> {
  const remover = rows.length === 0 ? null : await removedPersons(tx);
  return rows.map((row) => {
    const marked = withMarksOf(row.document, row.entered);
    const document = remover === null ? marked : documentWithout(marked, remover);
    return document === row.document ? row : { ...row, document, documentHash: contentHash(document) };
  });
}

/** The next fiches of a release that have no outcome yet, by id. */
export async function pendingPage(tx: Sql, n: number, writerVersion: number, limit: number): Promise<Pending[]> {
  const { rows } = await sql<Pending>`
    select ${columns}, c.inputs, c.kept_out as "keptOut",
      coalesce(p.digest = c.digest and p.writer_version <> ${writerVersion}, false) as "byWriter",
      not exists (select from release b where b.n = ${n} and b.target is not null)
        and not exists (select from urgence u where u.fiche_id = c.fiche_id and u.kind = 'retrait' and u.release_n is null)
        as "mayLapse"
    from (select * from release_change where release_n = ${n} and outcome = 'pending' order by fiche_id limit ${limit}) c
    join fiche f on f.id = c.fiche_id
    join fiche_version v on v.fiche_id = c.fiche_id and v.n = c.version_n
    left join soumission s on s.id = v.soumission_id
    left join fiche_rendue p on p.fiche_id = c.fiche_id
    left join release_member m on m.fiche_id = c.fiche_id and m.to_release is null
    left join rendu r on r.input_hash = m.input_hash
    order by c.fiche_id`.execute(tx);
  return asShown(tx, rows);
}

/** What the offer shows of some fiches today, to be rendered again as it was frozen then; by fiche. */
export async function currentPending(tx: Sql, ficheIds: readonly string[]): Promise<Map<string, Pending>> {
  if (ficheIds.length === 0) return new Map();
  const { rows } = await sql<Pending>`
    select ${columns}, was.inputs, null as "keptOut", false as "byWriter", false as "mayLapse"
    from release_member m join fiche f on f.id = m.fiche_id
    join release_change was on was.release_n = m.from_release and was.fiche_id = m.fiche_id
    join fiche_version v on v.fiche_id = m.fiche_id and v.n = m.version_n
    left join soumission s on s.id = v.soumission_id
    left join rendu r on r.input_hash = m.input_hash
    where m.to_release is null and m.fiche_id = any (${[...ficheIds]}::uuid[])`.execute(tx);
  return new Map((await asShown(tx, rows)).map((row) => [row.ficheId, row]));
}

/** The next members, by id, whose bytes another writer made; a new writer renders them before anything is frozen. */
export async function otherWriterPage(
  tx: Sql,
  writerVersion: number,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    select m.fiche_id as id from release_member m join rendu r on r.input_hash = m.input_hash
    where m.to_release is null and r.writer_version <> ${writerVersion} and (${after}::uuid is null or m.fiche_id > ${after}::uuid)
    order by m.fiche_id limit ${limit}`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Accepted versions of organismes by `id:n`. */
export async function organismeVersions(tx: Sql, keys: readonly string[]): Promise<Map<string, OrganismeDocument>> {
  if (keys.length === 0) return new Map();
  const { rows } = await sql<{ key: string; document: OrganismeDocument; entered: boolean }>`
    select v.fiche_id || ':' || v.n as key, v.document, ${neverReceived(sql`v.fiche_id`)} as entered
    from jsonb_array_elements_text(${JSON.stringify(keys)}::jsonb) k
    join fiche_version v on v.fiche_id = split_part(k, ':', 1)::uuid and v.n = split_part(k, ':', 2)::int`.execute(tx);
  const remover = await removedPersons(tx);
  return new Map(
    rows.map(({ key, document, entered }) => {
      const marked = withMarksOf(document, entered);
      return [key, remover === null ? marked : documentWithout(marked, remover)];
    }),
  );
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
    join rendu r on r.input_hash = k join octets o on o.sha256 = r.sha256 and o.efface_le is null`.execute(tx);
  return new Map(rows.map((row) => [row.inputHash, row]));
}

/** New bytes and what they are the bytes of; without `gzip` it could not be written. */
export interface Rendering {
  readonly inputHash: string;
  readonly ficheId: string;
  readonly sha256: string;
  /** The exact bytes as one gzip member. */
  readonly gzip: Uint8Array;
  readonly pieces: readonly { readonly format: string; readonly gzip: Uint8Array }[];
  readonly valid: boolean;
  readonly faults: readonly unknown[];
  readonly numero: string;
  readonly actions: number;
  readonly sessions: number;
  readonly prochainChangement: string | null;
  readonly fins: Readonly<Record<string, string | null>>;
  readonly writerVersion: number;
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64');

/** Keeps renderings; the same bytes are kept once. */
export async function saveRenderings(tx: Sql, renderings: readonly Rendering[]): Promise<void> {
  if (renderings.length === 0) return;
  const octets = renderings.map(({ gzip, sha256, valid, faults }) => ({
    sha256,
    gzip: base64(gzip),
    valid,
    faults: faults.length === 0 ? null : faults.slice(0, 20),
  }));
  await sql`insert into octets (sha256, gzip, valid, faults)
    select distinct on (x.sha256) x.sha256, decode(x.gzip, 'base64'), x.valid, x.faults
    from jsonb_to_recordset(${JSON.stringify(octets)}::jsonb) x(sha256 text, gzip text, valid boolean, faults jsonb)
    on conflict (sha256) do update set gzip = excluded.gzip, efface_le = null where octets.efface_le is not null`.execute(
    tx,
  );
  const pieces = renderings.flatMap(({ sha256, pieces: own }) =>
    own.map(({ format, gzip }) => ({ sha256, format, gzip: base64(gzip) })),
  );
  await sql`insert into morceau (sha256, format, gzip)
    select distinct on (x.sha256, x.format) x.sha256, x.format, decode(x.gzip, 'base64')
    from jsonb_to_recordset(${JSON.stringify(pieces)}::jsonb) x(sha256 text, format text, gzip text)
    on conflict do nothing`.execute(tx);
  const rendus = renderings.map((it) => ({ ...it, gzip: undefined, pieces: undefined, faults: undefined }));
  await sql`insert into rendu (input_hash, fiche_id, sha256, writer_version, numero, actions, sessions, prochain_changement, fins)
    select x."inputHash", x."ficheId", x.sha256, x."writerVersion", x.numero, x.actions, x.sessions, x."prochainChangement", x.fins
    from jsonb_to_recordset(${JSON.stringify(rendus)}::jsonb) x("inputHash" text, "ficheId" uuid, sha256 text,
      "writerVersion" int, numero text, actions int, sessions int, "prochainChangement" text, fins jsonb)
    on conflict (input_hash) do update set sha256 = excluded.sha256`.execute(tx);
}

/** What a release does with a fiche. */
export interface Outcome {
  readonly ficheId: string;
  readonly outcome: 'changed' | 'same' | 'deleted' | 'absent';
  readonly inputHash: string | null;
  readonly sha256: string | null;
  readonly beforeSha: string | null;
  readonly reason: string | null;
  /** Why what goes out, if anything, is not the accepted version. */
  readonly keptOut: string | null;
  readonly reRendered: boolean;
  /** The version rendered; 0 when the offer shows none. */
  readonly versionN: number;
}

/** Keeps what became of some fiches of a release; answers how many had none yet. */
export async function saveOutcomes(tx: Sql, n: number, outcomes: readonly Outcome[]): Promise<number> {
  const { numAffectedRows } =
    await sql`update release_change c set outcome = x.outcome, input_hash = x."inputHash", sha256 = x.sha256, reason = x.reason,
      before_sha = x."beforeSha", kept_out = x."keptOut", re_rendered = x."reRendered", version_n = x."versionN",
      inputs = case when x."versionN" <> c.version_n then coalesce((select was.inputs from release_member m
        join release_change was on was.release_n = m.from_release and was.fiche_id = m.fiche_id
        where m.fiche_id = c.fiche_id and m.to_release is null), c.inputs) else c.inputs end
    from jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb) x("ficheId" uuid, outcome text, "inputHash" text,
      sha256 text, "beforeSha" text, reason text, "keptOut" text, "reRendered" boolean, "versionN" int)
    where c.release_n = ${n} and c.fiche_id = x."ficheId" and c.outcome = 'pending'`.execute(tx);
  return Number(numAffectedRows ?? 0n);
}

/** How many fiches a release froze and how many have their outcome. */
export async function renderProgress(tx: Sql, n: number): Promise<{ readonly total: number; readonly done: number }> {
  const { rows } = await sql<{ total: number; done: number }>`
    select count(*)::int as total, (count(*) filter (where outcome <> 'pending'))::int as done
    from release_change where release_n = ${n}`.execute(tx);
  return rows[0] ?? { total: 0, done: 0 };
}
