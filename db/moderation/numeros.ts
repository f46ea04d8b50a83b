import { type RawBuilder, sql as raw } from 'kysely';
import type { ActionDocument, FormationDocument, SessionDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { recordset, type Sql } from '../connect.ts';

type Niveau = 'formation' | 'action' | 'session';

interface Numbered {
  readonly niveau: Niveau;
  readonly id: string;
  readonly fiche: string;
  readonly source: string;
  readonly numero?: string;
  readonly numeroRecu?: string;
}

/** What the registry says of one object. */
interface Given {
  readonly numero: string;
  readonly numeroRecu: string | null;
}

/** A formation that needs a numero on each of its levels; `source` is its fiche's. */
export interface ToNumber {
  readonly formation: FormationDocument;
  readonly source: string;
}

/** Characters that some consumer splits by (design §7). */
const FORBIDDEN = /[|\s]|##/;

function objectsOf({ formation, source }: ToNumber): Numbered[] {
  const own = (
    niveau: Niveau,
    { id, numero, numeroRecu }: Pick<Numbered, 'id' | 'numero' | 'numeroRecu'>,
  ): Numbered => ({
    niveau,
    id,
    fiche: formation.id,
    source,
    ...(numero === undefined ? {} : { numero }),
    ...(numeroRecu === undefined ? {} : { numeroRecu }),
  });
  return [
    own('formation', formation),
    ...formation.actions.flatMap((action) => [
      own('action', action),
      ...action.sessions.map((session) => own('session', session)),
    ]),
  ];
}

async function registered(sql: Sql, objects: readonly Numbered[]): Promise<Map<string, Given>> {
  const rows = await sql
    .selectFrom('numero_given')
    .select(['objet_id', 'numero', 'numero_recu'])
    .where(raw<boolean>`objet_id = any (${objects.map(({ id }) => id)}::uuid[])`)
    .execute();
  return byObject(rows);
}

interface GivenRow {
  readonly objet_id: string;
  readonly numero: string;
  readonly numero_recu: string | null;
}

function byObject(rows: readonly GivenRow[]): Map<string, Given> {
  return new Map(rows.map((row) => [row.objet_id, { numero: row.numero, numeroRecu: row.numero_recu }]));
}

const numbers = (objects: readonly Numbered[]) =>
  raw`${recordset(objects)} as x(niveau text, numero text, id uuid, fiche uuid, source text, "numeroRecu" text)`;

/**
 * Writes the objects' own numeros in the registry, formations first: those that somebody has already are left out of the
 * answer, with the levels below such a formation.
 */
async function giveOwn(sql: Sql, objects: readonly Numbered[]): Promise<Map<string, Given>> {
  if (objects.length === 0) return new Map();
  const giving = (which: RawBuilder<unknown>) => raw`insert into numero_given
      (niveau, numero, objet_id, fiche_id, source, numero_recu)
    select niveau, numero, id, fiche, source, "numeroRecu" from x where ${which}
    on conflict do nothing returning objet_id, numero, numero_recu, fiche_id`;
  const { rows } = await raw<GivenRow>`with x as materialized (select * from ${numbers(objects)}),
    above as (${giving(raw`niveau = 'formation'`)}),
    below as (${giving(raw`niveau <> 'formation' and (fiche in (select fiche_id from above)
      or fiche not in (select fiche from x where niveau = 'formation'))`)})
    select objet_id, numero, numero_recu from above union all select objet_id, numero, numero_recu from below`.execute(
    sql,
  );
  return byObject(rows);
}

/** Writes the next numbers of the region; those that a source took before are left out of the answer. */
async function giveNext(sql: Sql, objects: readonly Numbered[], prefixe: string): Promise<Map<string, Given>> {
  const { rows } =
    await raw<GivenRow>`insert into numero_given (niveau, numero, objet_id, fiche_id, source, numero_recu)
    select niveau, ${`${prefixe}_`} || nextval('numero_seq'), id, fiche, source, "numeroRecu" from ${numbers(objects)}
    on conflict do nothing returning objet_id, numero, numero_recu`.execute(sql);
  return byObject(rows);
}

/** Allots numbers of the region; those that a source took before are passed over. */
async function allot(sql: Sql, objects: readonly Numbered[], prefixe: string): Promise<Map<string, Given>> {
  const given = new Map<string, Given>();
  let waiting = objects;
  while (waiting.length > 0) {
    for (const [id, numero] of await giveNext(sql, waiting, prefixe)) given.set(id, numero);
    waiting = waiting.filter(({ id }) => !given.has(id));
  }
  return given;
}

function numeroRefusals(items: readonly ToNumber[], given: ReadonlyMap<string, Given>): Map<string, SofiError> {
  const refusals = new Map<string, SofiError>();
  for (const { formation } of items) {
    const { id, numero } = formation;
    if (numero === undefined || given.has(id)) continue;
    const code = FORBIDDEN.test(numero) ? 'numero-invalide' : 'numero-deja-pris';
    refusals.set(id, new SofiError(code, `Cannot give formation "${id}" the numero "${numero}"`, { numero }));
  }
  return refusals;
}

/** An older SOFI keeps its numeros: the sequence goes on above them. */
async function liftSequence(sql: Sql, objects: readonly Numbered[], prefixe: string): Promise<void> {
  const own = new RegExp(`^${prefixe}_(\\d{1,15})$`);
  const numeros = objects.filter(({ source }) => source === 'reprise').map(({ numero = '' }) => numero);
  const highest = Math.max(0, ...numeros.map((numero) => Number(own.exec(numero)?.[1] ?? 0)));
  if (highest === 0) return;
  await raw`select setval('numero_seq', greatest((select last_value from numero_seq), ${highest}::bigint))`.execute(
    sql,
  );
}

const isForbidden = ({ niveau, numero }: Numbered) => niveau === 'formation' && FORBIDDEN.test(numero ?? '');
const isSent = ({ numero }: Numbered) => numero !== undefined && numero !== '' && !FORBIDDEN.test(numero);

function withGiven<T extends { readonly id: string; readonly numero?: string; readonly numeroRecu?: string }>(
  row: T,
  given: ReadonlyMap<string, Given>,
): T {
  const found = given.get(row.id);
  if (found === undefined) throw new Error(`Cannot find the numero given to "${row.id}"`);
  const { numeroRecu: received, ...rest } = row;
  const numeroRecu = found.numeroRecu ?? received;
  return { ...rest, numero: found.numero, ...(numeroRecu ? { numeroRecu } : {}) } as T;
}

function numbered(formation: FormationDocument, given: ReadonlyMap<string, Given>): FormationDocument {
  const actions = formation.actions.map(
    (action): ActionDocument => ({
      ...withGiven(action, given),
      sessions: action.sessions.map((session): SessionDocument => withGiven(session, given)),
    }),
  );
  return { ...withGiven(formation, given), actions };
}

/** Formations with their numeros, or the reason why not, by fiche. */
export interface NumerosDone {
  readonly documents: ReadonlyMap<string, FormationDocument>;
  readonly refusals: ReadonlyMap<string, SofiError>;
}

/**
 * Formations with a numero on each of their levels, all in the registry: what an object was given before stays; what a
 * source sent is kept when it is free; an action or session whose numero is taken gets one of the region, and what is
 * new without a numero too. Refuses `numero-deja-pris` and `numero-invalide` for a formation's own, whose levels below
 * then get none.
 */
export async function withNumeros(sql: Sql, items: readonly ToNumber[], prefixe: string): Promise<NumerosDone> {
  const objects = items.flatMap(objectsOf);
  const given = await registered(sql, objects);
  const fresh = objects.filter(({ id }) => !given.has(id));
  const sent = fresh.filter(isSent);
  const forbidden = new Set(fresh.filter(isForbidden).map(({ fiche }) => fiche));
  const keep = (found: ReadonlyMap<string, Given>) => {
    for (const [id, one] of found) given.set(id, one);
  };
  keep(
    await giveOwn(
      sql,
      sent.filter(({ fiche }) => !forbidden.has(fiche)),
    ),
  );
  const refusals = numeroRefusals(items, given);
  const kept = (one: Numbered) => !refusals.has(one.fiche);
  const waiting = fresh
    .filter((one) => kept(one) && !given.has(one.id))
    .map(({ numero, ...one }) => ({ ...one, ...(numero ? { numeroRecu: one.numeroRecu ?? numero } : {}) }));
  keep(await allot(sql, waiting, prefixe));
  await liftSequence(sql, sent.filter(kept), prefixe);
  const done = items.filter(({ formation }) => !refusals.has(formation.id));
  return { documents: new Map(done.map(({ formation }) => [formation.id, numbered(formation, given)])), refusals };
}
