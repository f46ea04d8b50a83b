import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import type { FicheId } from '../../domain/model/ids.ts';
import type { Statut } from '../../domain/model/vocabulary.ts';
import type { Sql } from '../connect.ts';

/** Merges of merges that are followed at most. */
const CHAIN_MAX = 20;

/** What a source last sent for a key, and what became of it. */
export interface Known {
  readonly source: string;
  readonly cle: string;
  readonly ficheId: FicheId;
  readonly hash: string;
  readonly soumissionId: string | null;
  readonly statut: Statut | null;
  readonly document: FicheDocument | null;
}

async function knownWhere(sql: Sql, column: 'r.cle' | 'r.fiche_id', values: readonly string[]): Promise<Known[]> {
  if (values.length === 0) return [];
  const rows = await sql
    .selectFrom('source_recu as r')
    .leftJoin('soumission as s', 's.id', 'r.soumission_id')
    .select(['r.source', 'r.cle', 'r.fiche_id', 'r.hash', 'r.soumission_id', 's.statut', 'r.document'])
    .where(column, 'in', [...values])
    .execute();
  return rows.map((row) => ({
    source: row.source,
    cle: row.cle,
    ficheId: row.fiche_id as FicheId,
    hash: row.hash,
    soumissionId: row.soumission_id,
    statut: row.statut,
    document: row.document,
  }));
}

/** What any source last sent for these keys: one query for a page. */
export function knownByKeys(sql: Sql, cles: readonly string[]): Promise<Known[]> {
  return knownWhere(sql, 'r.cle', cles);
}

/** What any source last sent of these fiches. */
export function knownOfFiches(sql: Sql, ficheIds: readonly string[]): Promise<Known[]> {
  return knownWhere(sql, 'r.fiche_id', ficheIds);
}

/** A numero that was given once, for ever. */
export interface Given {
  readonly niveau: string;
  readonly numero: string;
  readonly numeroRecu: string | null;
  readonly objetId: string;
  readonly ficheId: string;
  readonly source: string;
}

/** Every numero given among these, and those that a source's own numeros were replaced by. */
export async function givenNumeros(sql: Sql, source: string, numeros: readonly string[]): Promise<Given[]> {
  if (numeros.length === 0) return [];
  const list = [...new Set(numeros)];
  const { rows } = await raw<Given>`
    select niveau, numero, numero_recu as "numeroRecu", objet_id as "objetId", fiche_id as "ficheId", source
    from numero_given where (niveau, numero) in (select l, n from unnest(${list}::text[]) n,
      unnest(array['formation', 'action', 'session']) l)
    union
    select niveau, numero, numero_recu, objet_id, fiche_id, source
    from numero_given where source = ${source} and niveau in ('action', 'session') and numero_recu = any (${list}::text[])`.execute(
    sql,
  );
  return rows;
}

/** A fiche as it stands: its accepted document, and the one that is on its way. */
export interface FicheNow {
  readonly id: FicheId;
  readonly organismeId: FicheId;
  readonly versionN: number;
  readonly accepted: FicheDocument | null;
  readonly open: FicheDocument | null;
}

/** The fiches of a page, accepted and open documents included, by id. */
export async function fichesNow(sql: Sql, ids: readonly string[]): Promise<Map<string, FicheNow>> {
  if (ids.length === 0) return new Map();
  const { rows } = await raw<FicheNow>`
    select f.id, f.organisme_id as "organismeId", f.version_n as "versionN", v.document as accepted, s.document as open
    from fiche f
    left join fiche_version v on v.fiche_id = f.id and v.n = f.version_n
    left join soumission s on s.fiche_id = f.id
      and s.statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees')
    where f.id = any (${[...new Set(ids)]}::uuid[])`.execute(sql);
  return new Map(rows.map((row) => [row.id, row]));
}

/** The fiche that each of these was made one with, at the end of the chain; by the one that left. */
export async function replacedBy(sql: Sql, ids: readonly string[]): Promise<Map<string, FicheId>> {
  if (ids.length === 0) return new Map();
  const { rows } = await raw<{ id: string; stays: FicheId }>`
    with recursive way as (
      select id, remplace_par as stays, 1 as steps from fiche where id = any (${[...new Set(ids)]}::uuid[]) and remplace_par is not null
      union all
      select way.id, f.remplace_par, way.steps + 1 from way join fiche f on f.id = way.stays
        where f.remplace_par is not null and way.steps < ${CHAIN_MAX})
    select distinct on (id) id, stays from way order by id, steps desc`.execute(sql);
  return new Map(rows.map(({ id, stays }) => [id, stays]));
}

/** Accepted organismes by `nda|siret`. */
export async function organismesByNdaSiret(
  sql: Sql,
  keys: readonly { readonly nda: string; readonly siret: string }[],
): Promise<Map<string, FicheId>> {
  if (keys.length === 0) return new Map();
  const { rows } = await raw<{ id: FicheId; nda: string; siret: string }>`
    select id, nda, siret from organisme where (nda, siret) in
      (select * from unnest(${keys.map(({ nda }) => nda)}::text[], ${keys.map(({ siret }) => siret)}::text[]))`.execute(
    sql,
  );
  return new Map(rows.map(({ id, nda, siret }) => [`${nda}|${siret}`, id]));
}

/** Accepted organismes that deliver, by SIRET; a SIRET of several is none's. */
export async function organismesBySiret(sql: Sql, sirets: readonly string[]): Promise<Map<string, FicheId>> {
  if (sirets.length === 0) return new Map();
  const { rows } = await raw<{ id: FicheId; siret: string }>`
    select min(id::text)::uuid as id, siret from organisme
    where siret = any (${[...new Set(sirets)]}::text[]) and retire_le is null
    group by siret having count(*) = 1`.execute(sql);
  return new Map(rows.map(({ id, siret }) => [siret, id]));
}

/** An accepted formation of an OF's own, by what its file may say of it. */
export interface OwnFormation {
  readonly id: FicheId;
  readonly organismeId: string;
  readonly numero: string;
  readonly referenceOf: string | null;
  readonly intitule: string;
  readonly rncp: string | null;
  readonly certifinfo: string | null;
}

/** The accepted formations of these organismes that bear one of the references, numeros or titles. */
export async function ownFormations(
  sql: Sql,
  organismes: readonly string[],
  asked: { readonly numeros: readonly string[]; readonly intitules: readonly string[] },
): Promise<OwnFormation[]> {
  if (organismes.length === 0) return [];
  const { rows } = await raw<OwnFormation>`
    select id, organisme_id as "organismeId", numero, reference_of as "referenceOf", intitule, rncp, certifinfo
    from formation where organisme_id = any (${[...organismes]}::uuid[]) and (reference_of = any (${[...asked.numeros]}::text[])
      or numero = any (${[...asked.numeros]}::text[]) or lower(intitule) = any (${[...asked.intitules]}::text[]))`.execute(
    sql,
  );
  return rows;
}
