import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql } from '../connect.ts';
import { type Accepted, acceptAll, toldOf } from './accept.ts';
import { insertDecided, type Withdrawal, type WithdrawnContent } from './decided-rows.ts';
import { appendJournal, type JournalEntry } from './journal.ts';
import { acceptedVersions, type FicheRecord, lockFiches, type StepRecord, stepRecords } from './rows.ts';
import { withoutSessions } from './without-sessions.ts';

/** A fiche that leaves the offer, or sessions of it. */
export interface ToWithdraw {
  readonly id: string;
  /** Only these leave; without them the whole fiche does. */
  readonly sessions?: readonly string[] | undefined;
}

/** A fiche that left, and the soumission that tells of it. */
export interface Withdrawn {
  readonly id: string;
  readonly fiche: FicheRecord;
  readonly sessions: number | null;
}

/** Fiches of one round of statements: their documents are in memory together. */
export const WITHDRAWN_PAGE = 100;

interface Place extends WithdrawnContent {
  readonly sessions: readonly string[] | undefined;
}

function placeOf(
  { id, sessions }: ToWithdraw,
  fiche: FicheRecord | undefined,
  accepted: FicheDocument | undefined,
): Place {
  if (fiche === undefined || fiche.fermee_le !== null || accepted === undefined)
    throw new SofiError('introuvable', `Cannot find fiche "${id}" in the offer`, { fiche: id });
  const left = sessions === undefined ? null : withoutSessions(accepted, sessions);
  return { fiche, document: left ?? accepted, partiel: left !== null, sessions };
}

async function placesOf(sql: Sql, page: readonly ToWithdraw[]): Promise<Place[]> {
  const fiches = await lockFiches(
    sql,
    page.map(({ id }) => id),
  );
  const versionOf = await acceptedVersions(
    sql,
    [...fiches.values()].map(({ id, version_n }) => ({ ficheId: id, n: version_n })),
  );
  return page.map((one) => {
    const fiche = fiches.get(one.id);
    return placeOf(one, fiche, versionOf({ ficheId: one.id, n: fiche?.version_n ?? 0 })?.document);
  });
}

function told(place: Place, id: string, { by, at, suiteDe }: Withdrawal, accepted: Accepted): JournalEntry[] {
  const { fiche, sessions } = place;
  const common = {
    ficheId: fiche.id,
    organismeId: fiche.organisme_id,
    soumissionId: id,
    at: new Date(at),
    by: by.userId,
    role: by.role,
  };
  const why = suiteDe === undefined ? { urgence: true } : { suiteDe };
  const of = sessions === undefined ? {} : { sessions: sessions.length };
  return [
    { ...common, act: 'deposer', toStatut: 'deposee', data: { version: 1, ...why, ...of } },
    { ...common, act: 'controler', fromStatut: 'deposee', toStatut: 'controlee', data: { version: 1 } },
    { ...common, act: 'claim', fromStatut: 'controlee', toStatut: 'enRevue', data: { version: 1 } },
    {
      ...common,
      act: 'approve',
      fromStatut: 'enRevue',
      toStatut: 'validee',
      data: { version: 1, ...toldOf(accepted) },
    },
  ];
}

async function acceptPlaces(
  sql: Sql,
  { at, region }: Withdrawal,
  places: readonly (Place & { readonly row: StepRecord })[],
): Promise<Accepted[]> {
  const answers = await acceptAll(
    { sql, at, region },
    places.map(({ fiche, row, document, partiel }) => ({ fiche, row, retrait: !partiel, deposited: document })),
  );
  return answers.map((answer) => {
    if (answer.kind === 'refused') throw answer.refusal;
    return answer.accepted;
  });
}

async function withdrawPage(sql: Sql, input: Withdrawal, page: readonly ToWithdraw[]): Promise<Withdrawn[]> {
  const contents = await placesOf(sql, page);
  const ids = await insertDecided(sql, input, contents);
  const rows = await stepRecords(sql, [...ids.values()]);
  const places = contents.map((place) => {
    const row = rows.get(ids.get(place.fiche.id) ?? '');
    if (row === undefined) throw new Error(`Cannot read the withdrawal of fiche "${place.fiche.id}"`);
    return { ...place, row };
  });
  const accepted = await acceptPlaces(sql, input, places);
  await raw`update soumission s set accepted_n = x.n
    from unnest(${places.map(({ row }) => row.id)}::uuid[], ${accepted.map(({ n }) => n)}::int[]) as x(id, n)
    where s.id = x.id`.execute(sql);
  await appendJournal(
    sql,
    places.flatMap((place, index) => {
      const one = accepted[index];
      return one === undefined ? [] : told(place, place.row.id, input, one);
    }),
  );
  return places.map(({ row, fiche, sessions }) => ({ id: row.id, fiche, sessions: sessions?.length ?? null }));
}

/**
 * Takes fiches, or sessions of them, out of the offer: deposited and decided by one person in one transaction, a fixed
 * number of statements a page. Answers a soumission each, in order. Refuses `introuvable`.
 */
export async function withdrawDecided(
  sql: Sql,
  input: Withdrawal,
  fiches: readonly ToWithdraw[],
): Promise<Withdrawn[]> {
  const withdrawn: Withdrawn[] = [];
  for (let at = 0; at < fiches.length; at += WITHDRAWN_PAGE) {
    withdrawn.push(...(await withdrawPage(sql, input, fiches.slice(at, at + WITHDRAWN_PAGE))));
  }
  return withdrawn;
}
