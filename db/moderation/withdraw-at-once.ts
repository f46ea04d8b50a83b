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
import { withoutSessions } from './without-sessions.ts';

export interface Withdrawal {
  readonly ficheId: string;
  readonly by: Actor;
  readonly at: InstantMs;
  readonly motif: string;
  readonly region: RegionSettings;
  /** Only these sessions leave; without them the whole fiche does. */
  readonly sessions?: readonly string[] | undefined;
  /** The withdrawal of its organisme that takes it out. */
  readonly suiteDe?: string;
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
  { document, partiel }: { readonly document: FicheDocument; readonly partiel: boolean },
): Promise<string> {
  const at = new Date(input.at);
  const echeances = decidedClocks(input);
  const row = await sql
    .insertInto('soumission')
    .values({
      fiche_id: fiche.id,
      organisme_id: fiche.organisme_id,
      kind: 'withdrawal',
      partiel,
      suite_de: input.suiteDe ?? null,
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

function told(fiche: FicheRecord, id: string, { by, at, sessions, suiteDe }: Withdrawal, n: number): JournalEntry[] {
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
      data: {
        version: 1,
        ...(suiteDe === undefined ? { urgence: true } : { suiteDe }),
        ...(sessions === undefined ? {} : { sessions: sessions.length }),
      },
    },
    { ...common, act: 'controler', fromStatut: 'deposee', toStatut: 'controlee', data: { version: 1 } },
    { ...common, act: 'claim', fromStatut: 'controlee', toStatut: 'enRevue', data: { version: 1 } },
    { ...common, act: 'approve', fromStatut: 'enRevue', toStatut: 'validee', data: { version: 1, accepted: n } },
  ];
}

/**
 * Takes a fiche, or sessions of it, out of the offer: deposited and decided by one person in one transaction. Answers the
 * soumission. Refuses `introuvable`.
 */
export async function withdrawDecided(
  sql: Sql,
  input: Withdrawal,
): Promise<{ readonly id: string; readonly fiche: FicheRecord }> {
  const fiche = await lockFiche(sql, input.ficheId);
  const accepted = await acceptedOf(sql, fiche, input.ficheId);
  if (fiche === undefined) throw new Error(`Cannot lock fiche "${input.ficheId}"`);
  const left = input.sessions === undefined ? null : withoutSessions(accepted, input.sessions);
  const id = await insertDecided(sql, fiche, input, { document: left ?? accepted, partiel: left !== null });
  const row = await stepRecord(sql, id);
  if (row === undefined) throw new Error(`Cannot read soumission "${id}"`);
  const { n } = await accept({ sql, at: input.at, region: input.region, fiche, row }, { retrait: left === null });
  await sql.updateTable('soumission').set({ accepted_n: n }).where('id', '=', id).execute();
  await appendJournal(sql, told(fiche, id, input, n));
  return { id, fiche };
}

/** The same by a moderator, left for an emergency release (design §7). */
export async function withdrawAtOnce(sql: Sql, input: Withdrawal): Promise<string> {
  const { id, fiche } = await withdrawDecided(sql, input);
  const sessions = input.sessions?.length ?? null;
  const event = { soumissionId: id, ficheId: fiche.id, organismeId: fiche.organisme_id, evenement: id };
  await tellOf(sql, { kind: 'retrait', by: input.by.userId, at: input.at }, [{ ...event, payload: { sessions } }]);
  await sql
    .insertInto('urgence')
    .values({ kind: 'retrait', fiche_id: fiche.id, motif: input.motif, par: input.by.userId })
    .execute();
  return id;
}
