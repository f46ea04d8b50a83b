import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { openClocks, stopClock } from '../../domain/model/promise.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import type { Actor } from '../../domain/model/requests.ts';
import { json, type Sql } from '../connect.ts';
import { tellOf } from '../mail/tell.ts';
import { accept } from './accept.ts';
import { contentColumns } from './content.ts';
import { appendJournal, type JournalEntry } from './journal.ts';
import { clockColumns, recordPromises } from './promises.ts';
import { freezeRevision } from './revisions.ts';
import { acceptedVersion, type FicheRecord, lockFiche, stepRecord } from './rows.ts';

export interface Withdrawal {
  readonly ficheId: string;
  readonly by: Actor;
  readonly at: InstantMs;
  readonly motif: string;
  readonly region: RegionSettings;
  /** Only these sessions leave; without them the whole fiche does. */
  readonly sessions?: readonly string[] | undefined;
}

/** The document without some sessions; null when none is left, `introuvable` when one is not in it. */
function withoutSessions(document: FicheDocument, sessions: readonly string[]): FicheDocument | null {
  if (document.kind === 'organisme')
    throw new SofiError('introuvable', 'Cannot withdraw sessions of an organisme fiche');
  const gone = new Set(sessions);
  const known = document.actions.flatMap((action) => action.sessions.map(({ id }) => id as string));
  const unknown = sessions.filter((id) => !known.includes(id));
  if (unknown.length > 0) throw new SofiError('introuvable', 'Cannot withdraw unknown sessions', { sessions: unknown });
  const actions = document.actions
    .map((action) => ({ ...action, sessions: action.sessions.filter(({ id }) => !gone.has(id)) }))
    .filter((action) => action.sessions.length > 0);
  return actions.length === 0 ? null : { ...document, actions };
}

async function acceptedOf(sql: Sql, fiche: FicheRecord | undefined, ficheId: string): Promise<FicheDocument> {
  const version =
    fiche === undefined || fiche.fermee_le !== null ? null : await acceptedVersion(sql, fiche.id, fiche.version_n);
  if (version !== null) return version.document;
  throw new SofiError('introuvable', `Cannot find fiche "${ficheId}" in the offer`, { fiche: ficheId });
}

async function insertDecided(
  sql: Sql,
  fiche: FicheRecord,
  input: Withdrawal,
  document: FicheDocument,
): Promise<string> {
  const at = new Date(input.at);
  const echeances = decidedClocks(input);
  const row = await sql
    .insertInto('soumission')
    .values({
      fiche_id: fiche.id,
      organisme_id: fiche.organisme_id,
      kind: 'withdrawal',
      source: 'saisie',
      statut: 'validee',
      version: 1,
      seq: 1,
      conduite: 'lot',
      base_version: fiche.version_n,
      document: json(document),
      ...contentColumns(document, document),
      ...clockColumns(echeances),
      auteur_id: input.by.userId,
      pour_of: true,
      motif: input.motif,
      created_at: at,
      saved_at: at,
      deposee_le: at,
      decidee_le: at,
      decidee_par: input.by.userId,
    })
    .returning(['id', 'organisme_id'])
    .executeTakeFirstOrThrow();
  await freezeRevision(sql, row, { n: 1, document, auteurId: input.by.userId, at: input.at });
  await recordPromises(sql, [{ id: row.id, source: 'saisie', humain: true, echeances }]);
  return row.id;
}

function decidedClocks({ at, region }: Withdrawal) {
  return stopClock(stopClock(openClocks(at, region.dueHour), 'alimentation', at), 'traitement', at);
}

function told(fiche: FicheRecord, id: string, { by, at, sessions }: Withdrawal, n: number): JournalEntry[] {
  const common = {
    ficheId: fiche.id,
    organismeId: fiche.organisme_id,
    soumissionId: id,
    at: new Date(at),
    by: by.userId,
    role: by.role,
  };
  return [
    {
      ...common,
      act: 'deposer',
      toStatut: 'deposee',
      data: { version: 1, urgence: true, ...(sessions === undefined ? {} : { sessions: sessions.length }) },
    },
    { ...common, act: 'controler', fromStatut: 'deposee', toStatut: 'controlee', data: { version: 1 } },
    { ...common, act: 'claim', fromStatut: 'controlee', toStatut: 'enRevue', data: { version: 1 } },
    { ...common, act: 'approve', fromStatut: 'enRevue', toStatut: 'validee', data: { version: 1, accepted: n } },
  ];
}

/**
 * A moderator takes a fiche, or sessions of it, out of the offer at once: deposited and decided in one transaction, and
 * left for an emergency release (design §7). Answers the soumission. Refuses `introuvable`.
 */
export async function withdrawAtOnce(sql: Sql, input: Withdrawal): Promise<string> {
  const fiche = await lockFiche(sql, input.ficheId);
  const accepted = await acceptedOf(sql, fiche, input.ficheId);
  if (fiche === undefined) throw new Error(`Cannot lock fiche "${input.ficheId}"`);
  const left = input.sessions === undefined ? null : withoutSessions(accepted, input.sessions);
  const id = await insertDecided(sql, fiche, input, left ?? accepted);
  const row = await stepRecord(sql, id);
  if (row === undefined) throw new Error(`Cannot read soumission "${id}"`);
  const { n } = await accept({ sql, at: input.at, region: input.region, fiche, row }, { retrait: left === null });
  await sql.updateTable('soumission').set({ accepted_n: n }).where('id', '=', id).execute();
  await appendJournal(sql, told(fiche, id, input, n));
  const sessions = input.sessions?.length ?? null;
  const event = { soumissionId: id, ficheId: fiche.id, organismeId: fiche.organisme_id, evenement: id };
  await tellOf(sql, { kind: 'retrait', by: input.by.userId, at: input.at }, [{ ...event, payload: { sessions } }]);
  await sql
    .insertInto('urgence')
    .values({ kind: 'retrait', fiche_id: fiche.id, motif: input.motif, par: input.by.userId })
    .execute();
  return id;
}

/** Formations of an organisme that are in the offer, or those of some of its sessions with these. */
export async function formationsToWithdraw(
  sql: Sql,
  organismeId: string,
  sessions: readonly string[] | undefined,
): Promise<{ readonly id: string; readonly sessions?: readonly string[] }[]> {
  const inOffer = sql
    .selectFrom('fiche')
    .select('id')
    .where('organisme_id', '=', organismeId)
    .where('kind', '=', 'formation')
    .where('version_n', '>', 0)
    .where('fermee_le', 'is', null)
    .orderBy('id');
  if (sessions === undefined) return inOffer.execute();
  const rows = await sql
    .selectFrom('session')
    .select(['id', 'formation_id'])
    .where('id', 'in', [...sessions])
    .where('formation_id', 'in', inOffer)
    .orderBy('formation_id')
    .execute();
  const unknown = sessions.filter((id) => !rows.some((row) => row.id === id));
  if (unknown.length > 0) throw new SofiError('introuvable', 'Cannot withdraw unknown sessions', { sessions: unknown });
  return [...Map.groupBy(rows, (row) => row.formation_id)].map(([id, own]) => ({
    id,
    sessions: own.map((row) => row.id),
  }));
}
