import { withContactMarks } from '../../domain/model/contacts.ts';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { SoumissionKind, Source, Statut } from '../../domain/model/vocabulary.ts';
import { json, type Sql, type Viewer } from '../connect.ts';
import { markedAsEntered } from './contact-marks.ts';
import { contentColumns } from './content.ts';
import { enterFiche } from './enter-fiche.ts';
import { requireOwnIds } from './ids-owned.ts';
import { withKnownNumeros } from './kept-numeros.ts';
import { waitingRevision } from './outbox.ts';
import { acceptedVersion, type FicheRecord, lockSoumission, openSoumissionOf, type SoumissionRecord } from './rows.ts';
import { withoutSessions } from './without-sessions.ts';

export interface Brouillon {
  readonly id: string;
  readonly ficheId: string;
  readonly organismeId: string;
  readonly kind: SoumissionKind;
  readonly statut: Statut;
  readonly saveNumber: number;
  readonly baseVersion: number;
  readonly document: FicheDocument;
}

/** A row of a draft, or of the soumission that it became. */
export function toBrouillon(row: SoumissionRecord): Brouillon {
  return {
    id: row.id,
    ficheId: row.fiche_id,
    organismeId: row.organisme_id,
    kind: row.kind,
    statut: row.statut,
    saveNumber: row.save_number,
    baseVersion: row.base_version,
    document: row.document,
  };
}

export interface NewBrouillon {
  readonly viewer: Viewer;
  readonly document: FicheDocument;
  readonly at: number;
  readonly source?: Source;
}

/** What the fiche shows today: its accepted document, else that of its open soumission, with the marks that its contacts count by. */
async function knownDocument(sql: Sql, fiche: FicheRecord): Promise<FicheDocument | null> {
  const accepted = await acceptedVersion(sql, fiche.id, fiche.version_n);
  const known = accepted?.document ?? (await openSoumissionOf(sql, fiche.id))?.document;
  return known === undefined ? null : markedAsEntered(sql, known);
}

async function insertBrouillon(
  sql: Sql,
  fiche: FicheRecord,
  input: NewBrouillon & { readonly kind: SoumissionKind; readonly partiel?: boolean; readonly motif?: string },
): Promise<Brouillon> {
  const known = await knownDocument(sql, fiche);
  const document = withContactMarks(withKnownNumeros(input.document, known), known);
  const row = await sql
    .insertInto('soumission')
    .values({
      fiche_id: fiche.id,
      organisme_id: fiche.organisme_id,
      kind: input.kind,
      partiel: input.partiel ?? false,
      source: input.source ?? 'saisie',
      statut: 'brouillon',
      base_version: fiche.version_n,
      document: json(document),
      ...contentColumns(document, known),
      save_number: 1,
      auteur_id: input.viewer.userId,
      pour_of: input.viewer.role !== 'of',
      motif: input.motif ?? null,
      created_at: new Date(input.at),
      saved_at: new Date(input.at),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  return toBrouillon(row);
}

/**
 * A draft of a new fiche, or of the next content of one that exists. Refuses `introuvable` (a fiche or organisme of
 * somebody else), `corps-invalide` (ids or kind that do not fit).
 */
export async function createBrouillon(sql: Sql, input: NewBrouillon): Promise<Brouillon> {
  const fiche = await enterFiche(sql, input.viewer, input.document);
  await requireOwnIds(sql, input.document);
  const inOffer = fiche.version_n > 0 && fiche.fermee_le === null;
  return insertBrouillon(sql, fiche, { ...input, kind: inOffer ? 'change' : 'creation' });
}

type FromAccepted = { readonly viewer: Viewer; readonly ficheId: string; readonly at: number };

/** The accepted document of a fiche in the offer; `introuvable` else. */
async function acceptedOf(sql: Sql, input: FromAccepted) {
  const row = await sql.selectFrom('fiche').selectAll().where('id', '=', input.ficheId).executeTakeFirst();
  const version = row && row.fermee_le === null ? await acceptedVersion(sql, row.id, row.version_n) : null;
  if (version === null) {
    throw new SofiError('introuvable', `Cannot find fiche "${input.ficheId}" in the offer`, { fiche: input.ficheId });
  }
  return { document: version.document, fiche: await enterFiche(sql, input.viewer, version.document) };
}

/** A draft that starts from the accepted version, or the one that is already being written. */
export async function brouillonFromAccepted(sql: Sql, input: FromAccepted): Promise<Brouillon> {
  const { fiche, document } = await acceptedOf(sql, input);
  const waiting = await sql
    .selectFrom('soumission')
    .selectAll()
    .where('fiche_id', '=', fiche.id)
    .where('statut', '=', 'brouillon')
    .where('kind', '=', 'change')
    .where('auteur_id', '=', input.viewer.userId)
    .orderBy('id', 'desc')
    .executeTakeFirst();
  if (waiting !== undefined && (await waitingRevision(sql, waiting.id)) === undefined) return toBrouillon(waiting);
  return insertBrouillon(sql, fiche, { viewer: input.viewer, at: input.at, document, kind: 'change' });
}

/**
 * A draft of kind `withdrawal`: deposited and approved, it takes the fiche, or some sessions of it, out of the offer; the
 * last session takes the fiche along.
 */
export async function createWithdrawal(
  sql: Sql,
  input: FromAccepted & { readonly motif: string; readonly sessions?: readonly string[] | undefined },
): Promise<Brouillon> {
  const { fiche, document } = await acceptedOf(sql, input);
  const left = input.sessions === undefined ? null : withoutSessions(document, input.sessions);
  return insertBrouillon(sql, fiche, {
    viewer: input.viewer,
    at: input.at,
    motif: input.motif,
    document: left ?? document,
    kind: 'withdrawal',
    partiel: left !== null,
  });
}

function requireWritable(row: SoumissionRecord, frozen: boolean): void {
  if ((row.statut === 'brouillon' || row.statut === 'correctionsDemandees') && !frozen) return;
  throw new SofiError('transition-interdite', `Cannot save soumission "${row.id}" in statut ${row.statut}`, {
    statut: row.statut,
    deposee: frozen,
  });
}

function requireSameFiche(fiche: FicheRecord, document: FicheDocument): void {
  const organisme = document.kind === 'organisme' ? document.id : document.organisme;
  if (document.id === fiche.id && document.kind === fiche.kind && organisme === fiche.organisme_id) return;
  throw new SofiError('corps-invalide', `Cannot save another fiche's document in "${fiche.id}"`, { fiche: fiche.id });
}

/**
 * Saves a draft, or the answer to a request for changes, over save number `saveNumber`. Refuses `brouillon-perime` (with
 * the current `saveNumber`), `transition-interdite` (deposited meanwhile, or not a draft), `corps-invalide`, `introuvable`.
 */
export async function saveBrouillon(
  sql: Sql,
  input: { readonly id: string; readonly document: FicheDocument; readonly saveNumber: number; readonly at: number },
): Promise<Brouillon> {
  const { fiche, row } = await lockSoumission(sql, input.id);
  requireWritable(row, (await waitingRevision(sql, row.id)) !== undefined);
  requireSameFiche(fiche, input.document);
  if (row.save_number !== input.saveNumber) {
    throw new SofiError('brouillon-perime', `Cannot save over save ${input.saveNumber} of "${row.id}"`, {
      saveNumber: row.save_number,
    });
  }
  await requireOwnIds(sql, input.document);
  const before = await markedAsEntered(sql, row.document);
  const document = withContactMarks(withKnownNumeros(input.document, before), before);
  const accepted = await acceptedVersion(sql, fiche.id, fiche.version_n);
  const saved = await sql
    .updateTable('soumission')
    .set({
      document: json(document),
      ...contentColumns(document, accepted?.document ?? null),
      save_number: row.save_number + 1,
      saved_at: new Date(input.at),
    })
    .where('id', '=', row.id)
    .returningAll()
    .executeTakeFirstOrThrow();
  return toBrouillon(saved);
}
