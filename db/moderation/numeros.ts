import { type RawBuilder, sql as raw } from 'kysely';
import type { ActionDocument, FormationDocument, SessionDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { json, type Sql } from '../connect.ts';

type Niveau = 'formation' | 'action' | 'session';

interface Numbered {
  readonly niveau: Niveau;
  readonly id: string;
  readonly numero?: string;
  readonly numeroRecu?: string;
}

/** What the registry says of one object. */
interface Given {
  readonly numero: string;
  readonly numeroRecu: string | null;
}

export interface NumeroContext {
  readonly sql: Sql;
  readonly ficheId: string;
  readonly source: string;
  /** Two digits of the region. */
  readonly prefixe: string;
}

/** Characters that some consumer splits by (design §7). */
const FORBIDDEN = /[|\s]|##/;

function objectsOf(formation: FormationDocument): Numbered[] {
  const own = (niveau: Niveau, { id, numero, numeroRecu }: Omit<Numbered, 'niveau'>): Numbered => ({
    niveau,
    id,
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
  return new Map(rows.map((row) => [row.objet_id, { numero: row.numero, numeroRecu: row.numero_recu }]));
}

/** Writes numeros (the objects' own unless said) in the registry; those that somebody has already are left out of the answer. */
async function give(
  context: NumeroContext,
  objects: readonly Numbered[],
  numero: RawBuilder<unknown> = raw`numero`,
): Promise<Map<string, Given>> {
  const { rows } = await raw<{ objet_id: string; numero: string; numero_recu: string | null }>`
    insert into numero_given (niveau, numero, objet_id, fiche_id, source, numero_recu)
    select niveau, ${numero}, id, ${context.ficheId}::uuid, ${context.source}, "numeroRecu"
    from jsonb_to_recordset(${json(objects)}) as x(niveau text, numero text, id uuid, "numeroRecu" text)
    on conflict do nothing returning objet_id, numero, numero_recu`.execute(context.sql);
  return new Map(rows.map((row) => [row.objet_id, { numero: row.numero, numeroRecu: row.numero_recu }]));
}

/** Allots numbers of the region; those that a source took before are passed over. */
async function allot(context: NumeroContext, objects: readonly Numbered[]): Promise<Map<string, Given>> {
  const given = new Map<string, Given>();
  let waiting = objects;
  while (waiting.length > 0) {
    const next = raw`${`${context.prefixe}_`} || nextval('numero_seq')`;
    for (const [id, numero] of await give(context, waiting, next)) given.set(id, numero);
    waiting = waiting.filter(({ id }) => !given.has(id));
  }
  return given;
}

function requireFormationNumero(formation: FormationDocument, given: ReadonlyMap<string, Given>): void {
  const { id, numero } = formation;
  if (numero === undefined || given.has(id)) return;
  const code = FORBIDDEN.test(numero) ? 'numero-invalide' : 'numero-deja-pris';
  throw new SofiError(code, `Cannot give formation "${id}" the numero "${numero}"`, { numero });
}

/** An older SOFI keeps its numeros: the sequence goes on above them. */
async function liftSequence(context: NumeroContext, objects: readonly Numbered[]): Promise<void> {
  const own = new RegExp(`^${context.prefixe}_(\\d{1,15})$`);
  const highest = Math.max(0, ...objects.map(({ numero }) => Number(own.exec(numero ?? '')?.[1] ?? 0)));
  if (context.source !== 'reprise' || highest === 0) return;
  await raw`select setval('numero_seq', greatest((select last_value from numero_seq), ${highest}::bigint))`.execute(
    context.sql,
  );
}

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

/**
 * The formation with a numero on each of its levels, all in the registry: what an object was given before stays; what a
 * source sent is kept when it is free; an action or session whose numero is taken gets one of the region, and what is
 * new without a numero too. Refuses `numero-deja-pris` and `numero-invalide` for the formation's own.
 */
export async function withNumeros(context: NumeroContext, formation: FormationDocument): Promise<FormationDocument> {
  const objects = objectsOf(formation);
  const given = await registered(context.sql, objects);
  const fresh = objects.filter(({ id }) => !given.has(id));
  const sent = fresh.filter(({ numero }) => numero !== undefined && numero !== '' && !FORBIDDEN.test(numero));
  if (sent.length > 0) for (const [id, one] of await give(context, sent)) given.set(id, one);
  requireFormationNumero(formation, given);
  const waiting = fresh
    .filter(({ id }) => !given.has(id))
    .map(({ numero, ...one }) => ({ ...one, ...(numero ? { numeroRecu: one.numeroRecu ?? numero } : {}) }));
  for (const [id, one] of await allot(context, waiting)) given.set(id, one);
  await liftSequence(context, sent);
  const actions = formation.actions.map(
    (action): ActionDocument => ({
      ...withGiven(action, given),
      sessions: action.sessions.map((session): SessionDocument => withGiven(session, given)),
    }),
  );
  return { ...withGiven(formation, given), actions };
}
