import type { FicheDocument, FormationDocument, OrganismeDocument } from '../../domain/model/documents.ts';
import { texteOf } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { json, type Sql } from '../connect.ts';
import { contentHash } from './content.ts';
import { requireOwnIds } from './ids-owned.ts';
import { rebase } from './merge-accepted.ts';
import { withNumeros } from './numeros.ts';
import { closeRows, project } from './projection/project.ts';
import { revisionDocument } from './revisions.ts';
import { acceptedHead, acceptedVersion, type FicheRecord, openSoumissionOf, type StepRecord } from './rows.ts';

/** What acceptance needs of the step it is part of. */
export interface Acceptance {
  readonly sql: Sql;
  readonly fiche: FicheRecord;
  readonly row: StepRecord;
  readonly at: number;
  readonly region: RegionSettings;
}

async function requireAcceptedOrganisme(sql: Sql, formation: FormationDocument): Promise<void> {
  const organisme = await sql
    .selectFrom('organisme')
    .select('id')
    .where('id', '=', formation.organisme)
    .where('retire_le', 'is', null)
    .executeTakeFirst();
  if (organisme !== undefined) return;
  const open = await openSoumissionOf(sql, formation.organisme);
  throw new SofiError('organisme-non-accepte', `Cannot accept a formation of organisme "${formation.organisme}"`, {
    organisme: formation.organisme,
    soumission: open?.id ?? null,
    version: open?.version ?? null,
  });
}

async function requireFreeReference(sql: Sql, formation: FormationDocument): Promise<void> {
  if (formation.referenceOf === undefined) return;
  const taken = await sql
    .selectFrom('formation')
    .select('id')
    .where('organisme_id', '=', formation.organisme)
    .where('reference_of', '=', formation.referenceOf)
    .where('id', '<>', formation.id)
    .executeTakeFirst();
  if (taken === undefined) return;
  throw new SofiError('reference-deja-prise', `Cannot give the reference "${formation.referenceOf}" twice`, {
    formation: taken.id,
  });
}

async function requireFreeOrganisme(sql: Sql, { id, champs }: OrganismeDocument): Promise<void> {
  const taken = await sql
    .selectFrom('organisme')
    .select('id')
    .where('nda', '=', texteOf(champs['numero-activite']).slice(0, 11))
    .where('siret', '=', texteOf(champs['SIRET-organisme-formation']?.SIRET).slice(0, 14))
    .where('id', '<>', id)
    .executeTakeFirst();
  if (taken === undefined) return;
  throw new SofiError('organisme-deja-connu', `Cannot accept organisme "${id}" beside "${taken.id}"`, {
    organisme: taken.id,
  });
}

async function acceptable({ sql, fiche, region }: Acceptance, document: FicheDocument): Promise<FicheDocument> {
  await requireOwnIds(sql, document);
  if (document.kind === 'organisme') {
    await requireFreeOrganisme(sql, document);
    return document;
  }
  await requireAcceptedOrganisme(sql, document);
  await requireFreeReference(sql, document);
  return withNumeros({ sql, ficheId: fiche.id, source: fiche.source, prefixe: region.prefixe }, document);
}

/** An accepted version: its number, its document and the hash of it. */
export interface Accepted {
  readonly n: number;
  readonly document: FicheDocument;
  readonly hash: string;
}

/** Appends a version to the fiche and brings the rows of the offer to it. */
async function appendVersion(on: Acceptance, document: FicheDocument, retrait: boolean): Promise<Accepted> {
  const { sql, fiche, row, at } = on;
  const n = fiche.version_n + 1;
  const hash = contentHash(document);
  const before = fiche.version_n === 0 ? undefined : await acceptedHead(sql, fiche.id, fiche.version_n);
  const acceptedAt = new Date(at);
  await sql
    .insertInto('fiche_version')
    .values({
      fiche_id: fiche.id,
      n,
      document: json(document),
      hash,
      soumission_id: row.id,
      accepted_at: acceptedAt,
      retrait,
    })
    .execute();
  await sql
    .updateTable('fiche')
    .set({ version_n: n, fermee_le: retrait ? acceptedAt : null })
    .where('id', '=', fiche.id)
    .execute();
  const version = { n, day: parisDayOf(at), at: acceptedAt, source: fiche.source };
  if (retrait) await closeRows(sql, document, version);
  else
    await project(sql, document, {
      ...version,
      changed: before === undefined || before.retrait || before.hash !== hash,
    });
  return { n, document, hash };
}

/**
 * Accepts the deposited version of a soumission: numeros, version, rows of the offer and CPF marking, in the caller's
 * transaction. Refuses `organisme-non-accepte` (with the organisme's open soumission), `organisme-deja-connu`,
 * `reference-deja-prise`, `numero-deja-pris`, `numero-invalide`, `corps-invalide`.
 */
export async function accept(on: Acceptance, { retrait }: { readonly retrait: boolean }): Promise<Accepted> {
  const { sql, fiche, row } = on;
  const deposited = await revisionDocument(sql, row.id, row.version);
  const { document: merged, accepted } = await rebase(sql, fiche, deposited, row.base_version);
  const document = retrait ? (accepted ?? merged) : await acceptable(on, merged);
  return appendVersion(on, document, retrait);
}

/** Takes an acceptance back: the earlier document becomes a new version, or the fiche leaves the offer. Answers its number. */
export async function restoreEarlier(on: Acceptance): Promise<number> {
  const { sql, fiche, row } = on;
  const n = row.accepted_n ?? fiche.version_n;
  const current = await acceptedVersion(sql, fiche.id, n);
  const earlier = await acceptedVersion(sql, fiche.id, n - 1);
  if (current === null) throw new Error(`Cannot find version ${n} of fiche "${fiche.id}"`);
  const restored = await appendVersion(on, (earlier ?? current).document, earlier === null || earlier.retrait);
  return restored.n;
}
