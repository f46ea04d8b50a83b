import { sql as raw } from 'kysely';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { json, type Sql } from '../../connect.ts';
import { actionRow, dispositifRow, formationRow, sessionRow } from './formation-rows.ts';
import { prochainChangement } from './prochain-changement.ts';
import type { ProjectedVersion } from './version.ts';

type Projected = ProjectedVersion & { readonly changed: boolean };

async function upsertFormation(sql: Sql, formation: FormationDocument, version: Projected): Promise<void> {
  const row = formationRow(formation);
  const { n, day, source, changed } = version;
  await raw`insert into formation as f
      (id, organisme_id, numero, reference_of, intitule, certifiante, rncp, rs, certifinfo, source, version_n, maj, creee, prochain_changement)
    values (${row.id}, ${row.organisme}, ${row.numero}, ${row.referenceOf}, ${row.intitule}, ${row.certifiante},
      ${row.rncp}, ${row.rs}, ${row.certifinfo}, ${source}, ${n}, ${day}, ${day}, ${prochainChangement(formation, day)})
    on conflict (id) do update set organisme_id = excluded.organisme_id, numero = excluded.numero,
      reference_of = excluded.reference_of, intitule = excluded.intitule, certifiante = excluded.certifiante,
      rncp = excluded.rncp, rs = excluded.rs, certifinfo = excluded.certifinfo, source = excluded.source,
      version_n = excluded.version_n, prochain_changement = excluded.prochain_changement, retire_le = null,
      maj = case when ${changed} then excluded.maj else f.maj end`.execute(sql);
}

async function upsertActions(sql: Sql, formation: FormationDocument, day: string): Promise<void> {
  const rows = formation.actions.map((action, rang) => actionRow(action, rang));
  await raw`insert into action as a
      (id, formation_id, numero, numero_recu, formateur_id, formateur_siret, modalite, insee, commune, rang, maj, creee, hash)
    select x.id, ${formation.id}::uuid, x.numero, x."numeroRecu", x.formateur, x."formateurSiret", x.modalite,
      coalesce(s.insee, x.insee), coalesce(s.commune, x.commune), x.rang, ${day}, ${day}, x.hash
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, numero text, "numeroRecu" text, formateur uuid,
      "formateurSiret" text, site uuid, modalite text, insee text, commune text, rang int, hash text)
    left join site s on s.id = x.site
    on conflict (id) do update set numero = excluded.numero, numero_recu = excluded.numero_recu,
      formateur_id = excluded.formateur_id, formateur_siret = excluded.formateur_siret, modalite = excluded.modalite,
      insee = excluded.insee, commune = excluded.commune, rang = excluded.rang, hash = excluded.hash, retire_le = null,
      maj = case when a.hash = excluded.hash and a.retire_le is null then a.maj else excluded.maj end`.execute(sql);
}

async function upsertSessions(sql: Sql, formation: FormationDocument, day: string): Promise<void> {
  const rows = formation.actions.flatMap((action) =>
    action.sessions.map((session, rang) => sessionRow(session, action.id, rang)),
  );
  await raw`insert into session as s
      (id, formation_id, action_id, numero, numero_recu, debut, fin, etat_recrutement, rang, maj, creee, hash)
    select x.id, ${formation.id}::uuid, x.action, x.numero, x."numeroRecu", x.debut, x.fin, x.etat, x.rang, ${day}, ${day}, x.hash
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, action uuid, numero text, "numeroRecu" text, debut text,
      fin text, etat text, rang int, hash text)
    on conflict (id) do update set action_id = excluded.action_id, numero = excluded.numero,
      numero_recu = excluded.numero_recu, debut = excluded.debut, fin = excluded.fin,
      etat_recrutement = excluded.etat_recrutement, rang = excluded.rang, hash = excluded.hash, retire_le = null,
      maj = case when s.hash = excluded.hash and s.retire_le is null then s.maj else excluded.maj end`.execute(sql);
}

async function upsertDispositifs(sql: Sql, formation: FormationDocument): Promise<void> {
  const rows = formation.actions
    .flatMap(({ sessions }) => sessions)
    .flatMap((session) => session.dispositifs.map((one, rang) => dispositifRow(one, session.id, rang)));
  await raw`insert into dispositif
      (id, session_id, formation_id, code_financeur, nb_places, debut_validite, fin_validite, origine, rang)
    select x.id, x.session, ${formation.id}::uuid, x.code, x.places, x.debut, x.fin, x.origine, x.rang
    from jsonb_to_recordset(${json(rows)}) as x(id uuid, session uuid, code text, places int, debut text, fin text,
      origine text, rang int)
    on conflict (id) do update set session_id = excluded.session_id, code_financeur = excluded.code_financeur,
      nb_places = excluded.nb_places, debut_validite = excluded.debut_validite, fin_validite = excluded.fin_validite,
      origine = excluded.origine, rang = excluded.rang, retire_le = null`.execute(sql);
}

/** Rows of levels below that the document no longer names are marked as withdrawn, never deleted. */
async function retireOthers(sql: Sql, formationId: string, kept: readonly string[], at: Date): Promise<void> {
  const retired = (level: 'action' | 'session' | 'dispositif') => raw`update ${raw.table(level)} set retire_le = ${at}
    where formation_id = ${formationId} and retire_le is null and id <> all (${[...kept]}::uuid[])`;
  await raw`with actions as (${retired('action')}), sessions as (${retired('session')}) ${retired('dispositif')}`.execute(
    sql,
  );
}

/** Brings the rows of F, A, S and D to a document: one statement per level, matched by id. */
export async function projectFormation(sql: Sql, formation: FormationDocument, version: Projected): Promise<void> {
  await upsertFormation(sql, formation, version);
  await upsertActions(sql, formation, version.day);
  await upsertSessions(sql, formation, version.day);
  await upsertDispositifs(sql, formation);
  const sessions = formation.actions.flatMap((action) => action.sessions);
  const kept = [
    ...formation.actions.map(({ id }) => id),
    ...sessions.map(({ id }) => id),
    ...sessions.flatMap(({ dispositifs }) => dispositifs.map(({ id }) => id)),
  ];
  await retireOthers(sql, formation.id, kept, version.at);
}

/** The formation leaves the offer with all that is below. */
export async function closeFormation(sql: Sql, id: string, { n, at }: ProjectedVersion): Promise<void> {
  await sql.updateTable('formation').set({ retire_le: at, version_n: n }).where('id', '=', id).execute();
  await retireOthers(sql, id, [], at);
}
