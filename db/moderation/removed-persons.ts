import { createHmac } from 'node:crypto';
import { sql as raw } from 'kysely';
import { z } from 'zod';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { documentWithout } from '../../domain/model/remove-person.ts';
import {
  type Fingerprint,
  type Person,
  type Remover,
  removerOf,
  type Trace,
  tracesOf,
} from '../../domain/model/removed-traces.ts';
import { namedPlaces } from '../../domain/model/removed-words.ts';
import { json, type Sql } from '../connect.ts';
import { contentHash } from './content.ts';
import { eraseFicheWords, fieldsOf } from './removed-words.ts';

/** The key of the fingerprints, known to the database only: without it a list of names cannot be tried on them from outside. */
const KEY = 'cleRetraits';

const keyed =
  (key: string): Fingerprint =>
  (text) =>
    createHmac('sha256', key).update(text).digest('hex');

async function fingerprintKey(sql: Sql): Promise<string> {
  await raw`insert into reglage (cle, valeur) values (${KEY}, to_jsonb(gen_random_uuid() || '-' || gen_random_uuid()))
    on conflict do nothing`.execute(sql);
  const { valeur } = await sql.selectFrom('reglage').select('valeur').where('cle', '=', KEY).executeTakeFirstOrThrow();
  return z.string().parse(valeur);
}

/** Keeps by hash, for good, who asked to be removed: what names them later is accepted and published without them. */
export async function listRemoved(sql: Sql, person: Person): Promise<void> {
  const traces = tracesOf(person, keyed(await fingerprintKey(sql)));
  await sql
    .insertInto('personne_retiree')
    .values(traces.map((trace) => ({ ...trace })))
    .onConflict((conflict) => conflict.column('empreinte').doNothing())
    .execute();
}

/** Knows the removed persons again; null while nobody was removed. One question. */
export async function removedPersons(sql: Sql): Promise<Remover | null> {
  const { rows } = await raw<
    Trace & { cle: string }
  >`select p.kind, p.empreinte, p.mots, p.tamis, r.valeur #>> '{}' as cle
    from personne_retiree p join reglage r on r.cle = ${KEY}`.execute(sql);
  const [first] = rows;
  return first === undefined ? null : removerOf(rows, keyed(first.cle));
}

/**
 * Removes persons from all that was entered, deposited and received for a fiche, and written about it; answers how many
 * contents and rows of words named them.
 */
export async function eraseEntries(sql: Sql, ficheId: string, remover: Remover): Promise<number> {
  const { rows } = await raw<{ what: string; id: string; n: number; document: FicheDocument }>`
    select 'soumission' as what, id::text, 0 as n, document from soumission where fiche_id = ${ficheId}
    union all select 'revision', r.soumission_id::text, r.n, r.document from soumission_revision r
      join soumission s on s.id = r.soumission_id where s.fiche_id = ${ficheId}
    union all select 'recu', cle, 0, document from source_recu where fiche_id = ${ficheId} and document is not null`.execute(
    sql,
  );
  const documents = rows.map(({ document }) => document);
  const places = namedPlaces(documents, await fieldsOf(sql, ficheId), remover);
  let changed = await eraseFicheWords(sql, ficheId, remover, places);
  for (const { what, id, n, document } of rows) {
    const left = documentWithout(document, remover);
    if (left === document) continue;
    changed += 1;
    const [kept, hash] = [json<unknown>(left), contentHash(left)];
    if (what === 'soumission')
      await raw`update soumission set document = ${kept}, document_hash = ${hash} where id = ${id}::uuid`.execute(sql);
    else if (what === 'revision')
      await raw`update soumission_revision set document = ${kept}, hash = ${hash} where soumission_id = ${id}::uuid and n = ${n}`.execute(
        sql,
      );
    else await raw`update source_recu set document = ${kept} where cle = ${id} and fiche_id = ${ficheId}`.execute(sql);
  }
  return changed;
}
