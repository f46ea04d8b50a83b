import { sql } from 'kysely';
import {
  type FicheDocument,
  type FormationDocument,
  type OrganismeDocument,
  texteOf,
} from '../../domain/model/documents.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { instantOf } from '../../domain/model/paris-time.ts';
import { openClocks } from '../../domain/model/promise.ts';
import { json, type Sql } from '../connect.ts';
import { contentHash } from '../moderation/content.ts';

/** How a test accepts a document: on which day, and whether it takes the fiche out of the offer. */
export interface AcceptedBy {
  readonly day: ParisDay;
  readonly retrait?: boolean;
  /** The soumission's own process; `lot` has no workflow. */
  readonly conduite?: 'workflow' | 'lot';
  /** People entered it; else a flow brought it. */
  readonly entered?: boolean;
}

/**
 * An accepted version of a fiche with its rows and its `validee` soumission, as a decision would leave them; answers the
 * soumission's id. For tests of the publication only.
 */
export async function acceptSample(tx: Sql, document: FicheDocument, accepted: AcceptedBy): Promise<string> {
  const at = new Date(instantOf(accepted.day, 10));
  const organismeId = document.kind === 'formation' ? document.organisme : document.id;
  const { rows } = await sql<{ version_n: number }>`
    insert into fiche (id, kind, organisme_id, version_n) values (${document.id}, ${document.kind}, ${organismeId}, 1)
    on conflict (id) do update set version_n = fiche.version_n + 1,
      fermee_le = case when ${accepted.retrait ?? false} then ${at}::timestamptz end returning version_n`.execute(tx);
  const n = rows[0]?.version_n ?? 1;
  const soumissionId = await soumissionOf(tx, document, organismeId, { n, at, ...accepted });
  await sql`insert into fiche_version (fiche_id, n, document, hash, soumission_id, accepted_at, retrait)
    values (${document.id}, ${n}, ${json(document)}, ${contentHash(document)}, ${soumissionId}, ${at}, ${accepted.retrait ?? false})`.execute(
    tx,
  );
  if (accepted.entered !== true)
    await sql`insert into source_recu (source, cle, fiche_id, hash) values ('essai', ${document.id}, ${document.id}, '')
      on conflict do nothing`.execute(tx);
  if (document.kind === 'organisme') await organismeRows(tx, document, n, accepted.day);
  else await formationRows(tx, document, n, accepted.day);
  return soumissionId;
}

async function soumissionOf(
  tx: Sql,
  document: FicheDocument,
  organismeId: string,
  { n, at, retrait, conduite }: AcceptedBy & { readonly n: number; readonly at: Date },
): Promise<string> {
  const kind = retrait === true ? 'withdrawal' : n === 1 ? 'creation' : 'change';
  const clocks = openClocks(at.getTime() as Parameters<typeof openClocks>[0]);
  const { rows } = await sql<{ id: string }>`
    insert into soumission (fiche_id, organisme_id, kind, source, statut, version, seq, conduite, document, document_hash,
      accepted_n, echeances)
    values (${document.id}, ${organismeId}, ${kind}, 'saisie', 'validee', 1, 3, ${conduite ?? 'lot'}, ${json(document)},
      ${contentHash(document)}, ${n}, ${json<unknown>(clocks)}) returning id`.execute(tx);
  const id = rows[0]?.id ?? '';
  await sql`insert into promesse (soumission_id, clock, cycle, source, due_at)
    values (${id}, 'diffusion', 1, 'saisie', ${new Date(clocks.diffusion.due)})`.execute(tx);
  return id;
}

async function organismeRows(tx: Sql, { id, champs }: OrganismeDocument, n: number, day: ParisDay): Promise<void> {
  const nda = texteOf(champs['numero-activite']);
  const siret = texteOf(champs['SIRET-organisme-formation']?.SIRET);
  await sql`insert into organisme (id, nda, siret, siren, nom, raison_sociale, version_n, maj)
    values (${id}, ${nda}, ${siret}, ${siret.slice(0, 9)}, 'nom', 'raison', ${n}, ${day})
    on conflict (id) do update set version_n = excluded.version_n, maj = excluded.maj`.execute(tx);
}

async function formationRows(tx: Sql, document: FormationDocument, n: number, day: ParisDay): Promise<void> {
  const { id, numero = '', organisme, actions } = document;
  await sql`insert into formation (id, organisme_id, numero, intitule, certifiante, source, version_n, maj, creee)
    values (${id}, ${organisme}, ${numero}, 'intitule', true, 'saisie', ${n}, ${day}, ${day})
    on conflict (id) do update set version_n = excluded.version_n, maj = excluded.maj`.execute(tx);
  for (const [rang, action] of actions.entries()) {
    await sql`insert into action (id, formation_id, numero, formateur_id, rang, maj, creee, hash)
      values (${action.id}, ${id}, ${action.numero ?? ''}, ${action.formateur ?? null}, ${rang}, ${day}, ${day}, '')
      on conflict (id) do update set maj = excluded.maj, formateur_id = excluded.formateur_id`.execute(tx);
    for (const [place, session] of action.sessions.entries()) {
      await sql`insert into session (id, formation_id, action_id, numero, debut, fin, rang, maj, creee, hash)
        values (${session.id}, ${id}, ${action.id}, ${session.numero ?? ''}, '', '', ${place}, ${day}, ${day}, '')
        on conflict (id) do update set maj = excluded.maj`.execute(tx);
    }
  }
}
