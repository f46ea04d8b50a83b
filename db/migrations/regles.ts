/** Rule settings, look-alikes, seals of the journal, and what the database tells of soumissions that move. */
export const REGLES_TABLES = `
create table "regle_reglage" ("regle" varchar(60) not null, "version" int not null, "severite" jsonb not null, "deux_personnes" boolean not null default false, "actif_le" varchar(10) not null, "par" uuid not null, "raison" text not null, "created_at" timestamptz(3) not null default now(), primary key ("regle", "version"));
create table "ressemblance" ("soumission_id" uuid not null, "autre_id" uuid not null, "version" int not null, "score" double precision not null, "raisons" jsonb not null, primary key ("soumission_id", "autre_id"));
create table "ressemblance_avis" ("fiche_id" uuid not null, "autre_id" uuid not null, "verdict" varchar(10) not null, "soumission_id" uuid not null, "par" uuid not null, "at" timestamptz(3) not null, primary key ("fiche_id", "autre_id"));
create table "journal_seal" ("n" int not null, "at" timestamptz(3) not null, "chains" int not null, "prev_hash" varchar(64) null, "hash" varchar(64) not null, primary key ("n"));
create table "journal_seal_head" ("seal_n" int not null, "fiche_id" uuid not null, "n" int not null, "head" varchar(64) not null, primary key ("seal_n", "fiche_id"));
create index "journal_seal_head_fiche_index" on "journal_seal_head" ("fiche_id", "seal_n");
create index "journal_at_index" on "journal" ("at");
create index "formation_intitule_index" on "formation" using gist ("intitule" gist_trgm_ops (siglen=64)) where retire_le is null;
create index "formation_rncp_index" on "formation" ("rncp") where retire_le is null and rncp is not null;
create index "formation_rs_index" on "formation" ("rs") where retire_le is null and rs is not null;
create index "formation_certifinfo_index" on "formation" ("certifinfo") where retire_le is null and certifinfo is not null;
alter table "ressemblance" enable row level security;
alter table "ressemblance" force row level security;
create policy "worker_all" on "ressemblance" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "ressemblance" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
alter table "ressemblance_avis" enable row level security;
alter table "ressemblance_avis" force row level security;
create policy "worker_all" on "ressemblance_avis" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "ressemblance_avis" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
create function sofi_tell_soumissions() returns trigger language plpgsql as $$
declare
  moved jsonb;
  n int;
begin
  if tg_op = 'UPDATE' then
    select coalesce(jsonb_agg(jsonb_build_array(f.id, f.fiche_id, f.organisme_id, f.statut, f.version)), '[]') into moved
      from fresh f join stale s on s.id = f.id
      where (f.statut, f.version, f.seq) is distinct from (s.statut, s.version, s.seq);
  else
    select coalesce(jsonb_agg(jsonb_build_array(f.id, f.fiche_id, f.organisme_id, f.statut, f.version)), '[]') into moved
      from fresh f where f.statut <> 'brouillon';
  end if;
  n := jsonb_array_length(moved);
  if n = 0 then return null; end if;
  -- A notice holds 8 000 bytes at most: what is many is told by its organismes, what is more by its number.
  if n > 40 then
    select case when count(*) > 150 then '{}' else jsonb_build_object('organismes', jsonb_agg(o)) end into moved
      from (select distinct m ->> 2 as o from jsonb_array_elements(moved) m) d;
    perform pg_notify('sofi_events', (moved || jsonb_build_object('many', n))::text);
  else
    perform pg_notify('sofi_events', jsonb_build_object('moved', moved)::text);
  end if;
  return null;
end $$;
create trigger "soumission_told_insert" after insert on "soumission" referencing new table as fresh for each statement execute function sofi_tell_soumissions();
create trigger "soumission_told_update" after update on "soumission" referencing old table as stale new table as fresh for each statement execute function sofi_tell_soumissions();
`;

/** Settings, verdicts' history and seals are append-only by right; a merge gives an object's numero its new fiche, never another numero. */
export const REGLES_RIGHTS = `
revoke update, delete on regle_reglage, journal_seal, journal_seal_head from sofi_worker;
grant insert on regle_reglage to sofi_api;
grant update (fiche_id) on numero_given to sofi_worker;
`;
