import type { FicheDocument } from '../../../domain/model/documents.ts';
import type { Sql } from '../../connect.ts';
import { closeFormation, projectFormation } from './formation.ts';
import { markCpf } from './marking.ts';
import { closeOrganisme, projectOrganisme } from './organisme.ts';
import type { ProjectedVersion } from './version.ts';

/** Brings the rows of the offer to an accepted version, with the CPF marking of its sessions. */
export async function project(
  sql: Sql,
  document: FicheDocument,
  version: ProjectedVersion & { readonly changed: boolean },
): Promise<void> {
  if (document.kind === 'organisme') return projectOrganisme(sql, document, version);
  await projectFormation(sql, document, version);
  return markCpf(sql, document);
}

/** Marks the rows of a fiche that leaves the offer; nothing is deleted. */
export async function closeRows(sql: Sql, document: FicheDocument, version: ProjectedVersion): Promise<void> {
  if (document.kind === 'organisme') return closeOrganisme(sql, document.id, version);
  return closeFormation(sql, document.id, version);
}
