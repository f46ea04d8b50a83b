import { sql as raw } from 'kysely';
import type { FicheDocument } from '../../domain/model/documents.ts';
import { SofiError } from '../../domain/model/errors.ts';
import type { Sql, Viewer } from '../connect.ts';
import { SESSION_ORGANISMES } from '../entities/roles.ts';
import { type FicheRecord, lockFiche } from './rows.ts';

function unknownFiche(id: string): SofiError {
  return new SofiError('introuvable', `Cannot find fiche "${id}"`, { fiche: id });
}

function mayEnterFor(viewer: Viewer, organismeId: string): boolean {
  if (viewer.role === 'of') return viewer.organismes.includes(organismeId);
  return viewer.role === 'moderateur' || viewer.role === 'administrateur';
}

/** An OF that enters an organisme nobody has yet becomes one of those who enter for it. */
async function adoptOrganisme(sql: Sql, viewer: Viewer, organismeId: string): Promise<void> {
  if (mayEnterFor(viewer, organismeId)) return;
  const others = await sql
    .selectFrom('user_organisme')
    .select('user_id')
    .where('organisme_id', '=', organismeId)
    .executeTakeFirst();
  if (viewer.role !== 'of' || others !== undefined) throw unknownFiche(organismeId);
  await sql.insertInto('user_organisme').values({ user_id: viewer.userId, organisme_id: organismeId }).execute();
  const organismes = [...viewer.organismes, organismeId].join(',');
  await raw`select set_config(${SESSION_ORGANISMES}, ${organismes}, true)`.execute(sql);
}

async function createFiche(sql: Sql, viewer: Viewer, document: FicheDocument): Promise<FicheRecord> {
  if (document.kind === 'organisme') {
    await adoptOrganisme(sql, viewer, document.id);
  } else {
    const organisme = await sql
      .selectFrom('fiche')
      .select('kind')
      .where('id', '=', document.organisme)
      .executeTakeFirst();
    if (organisme?.kind !== 'organisme' || !mayEnterFor(viewer, document.organisme)) {
      throw unknownFiche(document.organisme);
    }
  }
  return sql
    .insertInto('fiche')
    .values({
      id: document.id,
      kind: document.kind,
      organisme_id: document.kind === 'organisme' ? document.id : document.organisme,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/**
 * The fiche that a person's document is of, locked; made when it is new. Refuses `introuvable` for what is not theirs
 * and `corps-invalide` when the document's kind or organisme is not the fiche's.
 */
export async function enterFiche(sql: Sql, viewer: Viewer, document: FicheDocument): Promise<FicheRecord> {
  const fiche = await lockFiche(sql, document.id);
  if (fiche === undefined) return createFiche(sql, viewer, document);
  if (!mayEnterFor(viewer, fiche.organisme_id)) throw unknownFiche(document.id);
  const organisme = document.kind === 'organisme' ? document.id : document.organisme;
  if (fiche.kind === document.kind && fiche.organisme_id === organisme) return fiche;
  throw new SofiError('corps-invalide', `Cannot change the kind or organisme of fiche "${fiche.id}"`, {
    fiche: fiche.id,
  });
}
