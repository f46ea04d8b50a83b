import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { documentWithout, type Person, removerOfPerson, textNames } from '../../domain/model/remove-person.ts';
import type { Remover } from '../../domain/model/removed-traces.ts';
import { json, type Sql } from '../connect.ts';
import { ERASER_ROLE, WORKER_ROLE } from '../entities/roles.ts';
import { forgetAddress } from '../mail/forget.ts';
import { contentHash } from '../moderation/content.ts';
import { appendJournal } from '../moderation/journal.ts';
import { rehash } from '../moderation/projection/rehash.ts';
import { eraseEntries } from '../moderation/removed-persons.ts';
import { lockFiche } from '../moderation/rows.ts';
import { eraseLooseWords } from './erase-words.ts';
import { suspects } from './suspects.ts';

/** A removal that waits. */
export interface Removal {
  readonly id: string;
  readonly personne: Person;
  readonly par: string;
}

export async function waitingRemovals(tx: Sql): Promise<Removal[]> {
  const { rows } = await sql<Removal>`select id, personne, par from urgence
    where kind = 'personne' and personne is not null and release_n is null order by id`.execute(tx);
  return rows;
}

interface Change {
  readonly n: number;
  readonly avant: string;
  readonly apres: string;
}

/** The only update of accepted documents, by the only role that may (design §7). */
async function eraseVersions(tx: Sql, ficheId: string, remover: Remover): Promise<Change[]> {
  const { rows } = await sql<{ n: number; document: FicheDocument; hash: string }>`
    select n, document, hash from fiche_version where fiche_id = ${ficheId} order by n`.execute(tx);
  const changes: Change[] = [];
  for (const { n, document, hash } of rows) {
    const left = documentWithout(document, remover);
    if (left === document) continue;
    const apres = contentHash(left);
    changes.push({ n, avant: hash, apres });
    await sql`set local role ${sql.id(ERASER_ROLE)}`.execute(tx);
    await sql`update fiche_version set document = ${json<unknown>(left)}, hash = ${apres} where fiche_id = ${ficheId} and n = ${n}`.execute(
      tx,
    );
    await sql`set local role ${sql.id(WORKER_ROLE)}`.execute(tx);
    if (n === rows.at(-1)?.n) await rehash(tx, left);
  }
  return changes;
}

const NOTHING = gzipSync('<!-- personne retirée -->');
const PAGE = 200;

/** SHA-256 of the bytes, of a fiche and of formations that may show it, that name the person; with their fiches. */
async function bytesNaming(tx: Sql, ficheId: string, person: Person): Promise<{ sha256: string; id: string }[]> {
  const found: { sha256: string; id: string }[] = [];
  let after = '';
  for (;;) {
    const { rows } = await sql<{ id: string; sha256: string; gzip: Buffer }>`
      select distinct on (o.sha256) o.sha256, r.fiche_id as id, o.gzip from rendu r join octets o on o.sha256 = r.sha256
      where (r.fiche_id = ${ficheId} or r.fiche_id in (select id from fiche where organisme_id = ${ficheId})
          or r.fiche_id in (select formation_id from action where formateur_id = ${ficheId}))
        and o.efface_le is null and o.sha256 > ${after} order by o.sha256 limit ${PAGE}`.execute(tx);
    for (const { id, sha256, gzip } of rows) {
      if (textNames(gunzipSync(gzip).toString(), person)) found.push({ sha256, id });
    }
    after = rows.at(-1)?.sha256 ?? '';
    if (rows.length < PAGE) return found;
  }
}

/** Empties the bytes that name the person, so that no file can be made of them; answers the fiches that they were of. */
async function eraseBytes(tx: Sql, ficheId: string, person: Person, at: Date): Promise<string[]> {
  const rows = await bytesNaming(tx, ficheId, person);
  const shas = rows.map(({ sha256 }) => sha256);
  await sql`delete from morceau where sha256 = any (${shas}::text[])`.execute(tx);
  await sql`set local role ${sql.id(ERASER_ROLE)}`.execute(tx);
  await sql`update octets set gzip = ${NOTHING}, faults = null, efface_le = ${at} where sha256 = any (${shas}::text[])`.execute(
    tx,
  );
  await sql`set local role ${sql.id(WORKER_ROLE)}`.execute(tx);
  return [...new Set(rows.map(({ id }) => id))];
}

async function askRelease(tx: Sql, removal: Removal, fiches: readonly string[]): Promise<void> {
  await sql`insert into urgence (kind, fiche_id, par) select 'personne', m.fiche_id, ${removal.par}::uuid
    from release_member m where m.to_release is null and m.fiche_id = any (${[...fiches]}::uuid[])`.execute(tx);
}

/** Removes a person from one fiche; answers whether anything named them. */
async function eraseFiche(tx: Sql, ficheId: string, removal: Removal, at: Date): Promise<boolean> {
  const fiche = await lockFiche(tx, ficheId);
  if (fiche === undefined) return false;
  const remover = removerOfPerson(removal.personne);
  const versions = await eraseVersions(tx, ficheId, remover);
  const entries = await eraseEntries(tx, ficheId, remover);
  if (versions.length > 0) await askRelease(tx, removal, await eraseBytes(tx, ficheId, removal.personne, at));
  if (versions.length + entries === 0) return false;
  await appendJournal(tx, [
    {
      ficheId,
      organismeId: fiche.organisme_id,
      soumissionId: null,
      at,
      by: removal.par,
      role: 'administrateur',
      act: 'effacer',
      data: { versions, saisies: entries },
    },
  ]);
  return true;
}

/**
 * Removes a person from every document, every rendered byte and all that people wrote that names them, journaled by hash, in
 * one transaction; what the offer shows of these fiches waits for an emergency release. Answers how many fiches named them.
 */
export async function erasePerson(tx: Sql, removal: Removal, at: Date): Promise<number> {
  let count = 0;
  for (const id of await suspects(tx, removal.personne)) {
    if (await eraseFiche(tx, id, removal, at)) count += 1;
  }
  await eraseLooseWords(tx, removal.personne);
  if (removal.personne.courriel !== undefined) await forgetAddress(tx, removal.personne.courriel);
  await sql`update urgence set personne = null, release_n = 0 where id = ${removal.id}`.execute(tx);
  return count;
}
