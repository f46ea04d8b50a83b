import { type RawBuilder, sql as raw } from 'kysely';
import type { FormationDocument } from '../../../domain/model/documents.ts';
import { recordset, type Sql } from '../../connect.ts';
import { idsBelow } from '../ids-owned.ts';
import { actionRow, dispositifRow, formationRow, type HashOf, sessionRow } from './formation-rows.ts';
import { prochainChangement } from './prochain-changement.ts';
import { closeRows, type Projected } from './version.ts';

type Items = readonly Projected<FormationDocument>[];

function upsertFormations(items: Items): RawBuilder<unknown> {
  const rows = items.map(({ document, version: { n, day, source, changed } }) => {
    return { ...formationRow(document), n, day, source, changed, prochain: prochainChangement(document, day) };
  });
  return raw`with x as materialized (select * from ${recordset(rows)} as x(id uuid, organisme uuid, numero text,
      "referenceOf" text, intitule text, certifiante boolean, rncp text, rs text, certifinfo text, source text, n int,
      day text, prochain text, changed boolean))
    insert into formation as f
      (id, organisme_id, numero, reference_of, intitule, certifiante, rncp, rs, certifinfo, source, version_n, maj, creee, prochain_changement)
    select id, organisme, numero, "referenceOf", intitule, certifiante, rncp, rs, certifinfo, source, n, day, day, prochain from x
    on conflict (id) do update set organisme_id = excluded.organisme_id, numero = excluded.numero,
      reference_of = excluded.reference_of, intitule = excluded.intitule, certifiante = excluded.certifiante,
      rncp = excluded.rncp, rs = excluded.rs, certifinfo = excluded.certifinfo, source = excluded.source,
      version_n = excluded.version_n, prochain_changement = excluded.prochain_changement, retire_le = null,
      maj = case when (select changed from x where x.id = f.id) then excluded.maj else f.maj end`;
}

function upsertActions(items: Items, hashOf: HashOf): RawBuilder<unknown> {
  const rows = items.flatMap(({ document, version: { day } }) =>
    document.actions.map((action, rang) => ({ ...actionRow(action, rang, hashOf), formation: document.id, day })),
  );
  return raw`insert into action as a
      (id, formation_id, numero, numero_recu, formateur_id, formateur_siret, modalite, insee, commune, permanente, rang, maj,
        creee, hash)
    select x.id, x.formation, x.numero, x."numeroRecu", x.formateur, x."formateurSiret", x.modalite,
      coalesce(s.insee, x.insee), coalesce(s.commune, x.commune), x.permanente, x.rang, x.day, x.day, x.hash
    from ${recordset(rows)} as x(id uuid, formation uuid, numero text, "numeroRecu" text, formateur uuid,
      "formateurSiret" text, site uuid, modalite text, insee text, commune text, permanente boolean, rang int,
      day text, hash text)
    left join site s on s.id = x.site
    on conflict (id) do update set numero = excluded.numero, numero_recu = excluded.numero_recu,
      formateur_id = excluded.formateur_id, formateur_siret = excluded.formateur_siret, modalite = excluded.modalite,
      insee = excluded.insee, commune = excluded.commune, permanente = excluded.permanente, rang = excluded.rang,
      hash = excluded.hash, retire_le = null,
      maj = case when a.hash = excluded.hash and a.retire_le is null then a.maj else excluded.maj end`;
}

/** A session whose content, place and order are as before is not written again. */
function upsertSessions(items: Items, hashOf: HashOf): RawBuilder<unknown> {
  const rows = items.flatMap(({ document, version: { day } }) =>
    document.actions.flatMap((action) =>
      action.sessions.map((session, rang) => ({
        ...sessionRow(session, action.id, rang, hashOf),
        formation: document.id,
        day,
      })),
    ),
  );
  return raw`insert into session as s
      (id, formation_id, action_id, numero, numero_recu, debut, fin, etat_recrutement, rang, maj, creee, hash)
    select x.id, x.formation, x.action, x.numero, x."numeroRecu", x.debut, x.fin, x.etat, x.rang, x.day, x.day, x.hash
    from ${recordset(rows)} as x(id uuid, formation uuid, action uuid, numero text, "numeroRecu" text,
      debut text, fin text, etat text, rang int, day text, hash text)
    on conflict (id) do update set action_id = excluded.action_id, numero = excluded.numero,
      numero_recu = excluded.numero_recu, debut = excluded.debut, fin = excluded.fin,
      etat_recrutement = excluded.etat_recrutement, rang = excluded.rang, hash = excluded.hash, retire_le = null,
      maj = case when s.hash = excluded.hash and s.retire_le is null then s.maj else excluded.maj end
    where (s.hash, s.action_id, s.rang, s.retire_le) is distinct from
      (excluded.hash, excluded.action_id, excluded.rang, null::timestamptz)`;
}

function upsertDispositifs(items: Items): RawBuilder<unknown> {
  const rows = items.flatMap(({ document }) =>
    document.actions
      .flatMap(({ sessions }) => sessions)
      .flatMap(({ id, dispositifs }) =>
        dispositifs.map((one, rang) => ({ ...dispositifRow(one, id, rang), formation: document.id })),
      ),
  );
  return raw`insert into dispositif as d
      (id, session_id, formation_id, code_financeur, nb_places, debut_validite, fin_validite, origine, rang)
    select x.id, x.session, x.formation, x.code, x.places, x.debut, x.fin, x.origine, x.rang
    from ${recordset(rows)} as x(id uuid, session uuid, formation uuid, code text, places int, debut text,
      fin text, origine text, rang int)
    on conflict (id) do update set session_id = excluded.session_id, code_financeur = excluded.code_financeur,
      nb_places = excluded.nb_places, debut_validite = excluded.debut_validite, fin_validite = excluded.fin_validite,
      origine = excluded.origine, rang = excluded.rang, retire_le = null
    where (d.session_id, d.formation_id, d.code_financeur, d.nb_places, d.debut_validite, d.fin_validite, d.origine,
        d.rang, d.retire_le) is distinct from (excluded.session_id, excluded.formation_id, excluded.code_financeur,
        excluded.nb_places, excluded.debut_validite, excluded.fin_validite, excluded.origine, excluded.rang,
        null::timestamptz)`;
}

/** Rows of levels below that the documents no longer name are marked as withdrawn, never deleted. */
async function retireOthers(
  sql: Sql,
  items: Items,
  keptOf: (one: FormationDocument) => readonly string[],
): Promise<void> {
  const [first] = items;
  if (first === undefined) return;
  const { at } = first.version;
  const formations = items.map(({ document }) => document.id);
  const kept = items.flatMap(({ document }) => keptOf(document));
  const retired = (level: 'action' | 'session' | 'dispositif') => raw`update ${raw.table(level)} set retire_le = ${at}
    where formation_id = any (${formations}::uuid[]) and retire_le is null and id <> all (${kept}::uuid[])`;
  await raw`with actions as (${retired('action')}), sessions as (${retired('session')}) ${retired('dispositif')}`.execute(
    sql,
  );
}

/** Brings the rows of F, A, S and D to documents, matched by id: one statement. Answers the SIRET of each organisme. */
export async function projectFormations(sql: Sql, items: Items, hashOf: HashOf): Promise<ReadonlyMap<string, string>> {
  if (items.length === 0) return new Map();
  const organismes = [...new Set(items.map(({ document }) => document.organisme))];
  const { rows } = await raw<{ id: string; siret: string }>`with formations as (${upsertFormations(items)}),
    actions as (${upsertActions(items, hashOf)}), sessions as (${upsertSessions(items, hashOf)}),
    dispositifs as (${upsertDispositifs(items)})
    select id, siret from organisme where id = any (${organismes}::uuid[])`.execute(sql);
  const hadRows = items.filter(({ version }) => version.n > 1);
  await retireOthers(sql, hadRows, idsBelow);
  return new Map(rows.map(({ id, siret }) => [id, siret]));
}

/** The formations leave the offer with all that is below. */
export async function closeFormations(sql: Sql, items: Items): Promise<void> {
  if (items.length === 0) return;
  await closeRows(sql, 'formation', items);
  await retireOthers(sql, items, () => []);
}
