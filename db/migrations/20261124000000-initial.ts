import { Migration } from '@mikro-orm/migrations';
import { REGLES_RIGHTS, REGLES_TABLES } from './regles.ts';

/** Roles come first: the policies of the tables name them. Roles belong to the whole server, so they may exist already. */
const ROLES = `
do $$ declare r text; begin
  foreach r in array array['sofi_api', 'sofi_worker', 'sofi_eraser'] loop
    begin
      if not exists (select from pg_roles where rolname = r) then execute format('create role %I nologin', r); end if;
    exception when duplicate_object or unique_violation then null;
    end;
    if not pg_has_role(current_user, r, 'set') then execute format('grant %I to %I', r, current_user); end if;
  end loop;
end $$;
`;

const TABLES = `
create extension if not exists pg_trgm;
create sequence numero_seq;
create table login (sid varchar not null primary key, sess json not null, expire timestamp(6) not null);
create index login_expire_index on login (expire);
create table "action" ("id" uuid not null, "formation_id" uuid not null, "numero" varchar(255) not null, "numero_recu" varchar(255) null, "formateur_id" uuid null, "formateur_siret" varchar(14) null, "modalite" varchar(1) null, "insee" varchar(5) null, "commune" varchar(50) null, "rang" int not null, "maj" varchar(10) not null, "creee" varchar(10) not null, "hash" varchar(64) not null, "retire_le" timestamptz(3) null, primary key ("id"));
create index "action_formation_id_index" on "action" ("formation_id");
create table "certification" ("numero_fiche" varchar(20) not null, "intitule" text not null, "niveau" varchar(20) null, "actif" boolean not null, "debut_enregistrement" varchar(10) null, "fin_enregistrement" varchar(10) null, "type_enregistrement" varchar(60) null, primary key ("numero_fiche"));
create table "cpf_marking" ("session_id" uuid not null, "formation_id" uuid not null, "answer" varchar(10) not null, "code" varchar(20) null, "source" varchar(120) null, "debut" varchar(10) null, "fin" varchar(10) null, "proof" jsonb not null, "inputs" varchar(64) not null, "computed_at" timestamptz(3) not null default now(), primary key ("session_id"));
create index "cpf_marking_formation_id_index" on "cpf_marking" ("formation_id");
create table "dispositif" ("id" uuid not null, "session_id" uuid not null, "formation_id" uuid not null, "code_financeur" varchar(10) not null, "nb_places" int null, "debut_validite" varchar(10) null, "fin_validite" varchar(10) null, "origine" varchar(10) not null, "rang" int not null, "retire_le" timestamptz(3) null, primary key ("id"));
create index "dispositif_session_id_index" on "dispositif" ("session_id");
create index "dispositif_formation_id_index" on "dispositif" ("formation_id");
create table "fiche" ("id" uuid not null, "kind" text not null, "organisme_id" uuid not null, "version_n" int not null default 0, "source" varchar(40) not null default 'saisie', "fermee_le" timestamptz(3) null, "remplace_par" uuid null, "journal_n" int not null default 0, "journal_head" varchar(64) null, "created_at" timestamptz(3) not null default now(), primary key ("id"));
create index "fiche_organisme_index" on "fiche" ("organisme_id");
alter table "fiche" add constraint "fiche_kind_check" check ("kind" in ('organisme', 'formation'));
create table "fiche_version" ("fiche_id" uuid not null, "n" int not null, "document" jsonb not null, "hash" varchar(64) not null, "soumission_id" uuid not null, "accepted_at" timestamptz(3) not null, "retrait" boolean not null default false, primary key ("fiche_id", "n"));
create index "fiche_version_soumission_id_index" on "fiche_version" ("soumission_id");
create table "formation" ("id" uuid not null, "organisme_id" uuid not null, "numero" varchar(255) not null, "reference_of" varchar(255) null, "intitule" varchar(255) not null, "certifiante" boolean not null, "rncp" varchar(10) null, "rs" varchar(10) null, "certifinfo" varchar(10) null, "source" varchar(40) not null, "version_n" int not null, "maj" varchar(10) not null, "creee" varchar(10) not null, "prochain_changement" varchar(10) null, "retire_le" timestamptz(3) null, primary key ("id"));
create index "formation_organisme_id_index" on "formation" ("organisme_id");
create index "formation_numero_index" on "formation" ("numero");
create index "formation_prochain_index" on "formation" ("prochain_changement");
create unique index "formation_reference_of_unique" on "formation" ("organisme_id", "reference_of") where reference_of is not null;
create table "idempotency_key" ("user_id" uuid not null, "route" varchar(200) not null, "key" varchar(200) not null, "body_hash" varchar(64) not null, "state" varchar(10) not null default 'running', "http_status" int null, "answer" jsonb null, "created_at" timestamptz(3) not null default now(), primary key ("user_id", "route", "key"));
create index "idempotency_key_created_at_index" on "idempotency_key" ("created_at");
create table "import" ("id" uuid not null default uuidv7(), "source" varchar(40) not null, "mode" text not null default 'partiel', "dry_run" boolean not null default false, "user_id" uuid not null, "organismes" jsonb null, "nom" varchar(255) null, "taille" int not null default 0, "sha256" varchar(64) null, "lheo_version" varchar(4) null, "state" varchar(10) not null default 'running', "error" jsonb null, "cursor" int not null default 0, "read" int not null default 0, "created" int not null default 0, "changed" int not null default 0, "unchanged" int not null default 0, "mended" int not null default 0, "warned" int not null default 0, "absent" int not null default 0, "refused" int not null default 0, "organismes_created" int not null default 0, "organismes_changed" int not null default 0, "organismes_unchanged" int not null default 0, "started_at" timestamptz(3) not null default now(), "finished_at" timestamptz(3) null, primary key ("id"));
create index "import_user_id_index" on "import" ("user_id");
alter table "import" add constraint "import_mode_check" check ("mode" in ('partiel', 'complet'));
create table "import_octets" ("import_id" uuid not null, "rang" int not null, "bytes" bytea not null, primary key ("import_id", "rang"));
create table "import_line" ("import_id" uuid not null, "rang" int not null, "kind" varchar(24) not null, "line" int not null, "numero" varchar(255) null, "path" text not null, "code" varchar(60) not null, "values" jsonb null, primary key ("import_id", "rang"));
create table "journal" ("id" uuid not null default uuidv7(), "fiche_id" uuid not null, "n" int not null, "soumission_id" uuid null, "organisme_id" uuid not null, "at" timestamptz(3) not null, "by" uuid null, "role" varchar(20) null, "act" varchar(40) not null, "from_statut" varchar(24) null, "to_statut" varchar(24) null, "data" jsonb not null, "interne" boolean not null default false, "commande" varchar(120) null, "prev_hash" varchar(64) null, "hash" varchar(64) not null, primary key ("id"));
create index "journal_soumission_index" on "journal" ("soumission_id", "n");
alter table "journal" add constraint "journal_chain_unique" unique ("fiche_id", "n");
alter table "journal" add constraint "journal_commande_unique" unique ("commande");
create table "numero_given" ("niveau" varchar(10) not null, "numero" varchar(255) not null, "objet_id" uuid not null, "fiche_id" uuid not null, "source" varchar(40) not null, "numero_recu" varchar(255) null, "created_at" timestamptz(3) not null default now(), primary key ("niveau", "numero"));
create index "numero_given_recu_index" on "numero_given" ("source", "niveau", "numero_recu");
create index "numero_given_fiche_index" on "numero_given" ("fiche_id");
alter table "numero_given" add constraint "numero_given_objet_unique" unique ("niveau", "objet_id");
create table "octets" ("sha256" varchar(64) not null, "bytes" bytea not null, "valid" boolean not null, "faults" jsonb null, "created_at" timestamptz(3) not null default now(), primary key ("sha256"));
create table "organisme_public" ("nda" varchar(11) not null, "siren" varchar(9) not null, "siret" varchar(14) null, "denomination" text not null, "actions_de_formation" boolean not null, "bilans_de_competences" boolean not null, "vae" boolean not null, "apprentissage" boolean not null, "voie" text null, "code_postal" varchar(5) null, "ville" text null, primary key ("nda"));
create index "organisme_public_siren_index" on "organisme_public" ("siren");
create table "organisme" ("id" uuid not null, "nda" varchar(11) not null, "siret" varchar(14) not null, "siren" varchar(9) not null, "uai" varchar(8) null, "nom" varchar(250) not null, "raison_sociale" varchar(250) not null, "commune" varchar(50) not null default '', "code_postal" varchar(5) not null default '', "departement" varchar(3) not null default '', "numero" varchar(255) null, "version_n" int not null, "maj" varchar(10) not null, "retire_le" timestamptz(3) null, primary key ("id"));
create index "organisme_siren_index" on "organisme" ("siren");
alter table "organisme" add constraint "organisme_nda_siret_unique" unique ("nda", "siret");
create table "outbox" ("id" uuid not null default uuidv7(), "kind" varchar(20) not null, "subject_id" uuid not null, "payload" jsonb null, "created_at" timestamptz(3) not null default now(), "next_try_at" timestamptz(3) not null default now(), "tries" int not null default 0, "last_error" text null, "done_at" timestamptz(3) null, primary key ("id"));
create index "outbox_waiting_index" on "outbox" ("next_try_at") where done_at is null;
create index "outbox_subject_index" on "outbox" ("subject_id");
create table "partenaire" ("numero_fiche" varchar(20) not null, "siret" varchar(14) not null, "siren" varchar(9) not null, "nom" text not null, "habilitation" varchar(60) not null, primary key ("numero_fiche", "siret"));
create index "partenaire_siren_index" on "partenaire" ("siren");
create table "referentiel" ("nom" varchar(60) not null, "version" varchar(60) not null, "state" varchar(12) not null, "lignes" int not null, "illisibles" int not null default 0, "sha256" varchar(64) not null, "loaded_at" timestamptz(3) not null default now(), "alerte" text null, primary key ("nom"));
create table "release" ("n" serial primary key, "kind" varchar(12) not null default 'normal', "scheduled" boolean not null default false, "day" varchar(10) not null, "state" text not null default 'open', "requested_by" uuid null, "workflow_id" varchar(200) null, "step" varchar(20) not null default 'freeze', "progress" jsonb null, "opened_at" timestamptz(3) not null default now(), "switched_at" timestamptz(3) null, "report" jsonb null, "manifest" jsonb null);
create unique index "release_open_unique" on "release" ((state = 'open')) where state = 'open';
create unique index "release_day_unique" on "release" ("day") where scheduled and state in ('open', 'published');
alter table "release" add constraint "release_state_check" check ("state" in ('open', 'published', 'empty', 'failed', 'stopped'));
create table "release_change" ("release_n" int not null, "fiche_id" uuid not null, "outcome" varchar(10) not null default 'pending', "sha256" varchar(64) null, "reason" varchar(200) null, "version_n" int null, "digest" varchar(32) not null default '', "inputs" jsonb null, "input_hash" varchar(64) null, primary key ("release_n", "fiche_id"));
create table "fiche_rendue" ("fiche_id" uuid not null, "release_n" int not null, "digest" varchar(32) not null, "outcome" varchar(10) not null, "reason" varchar(200) null, primary key ("fiche_id"));
create table "release_member" ("fiche_id" uuid not null, "from_release" int not null, "to_release" int null, "numero" varchar(255) not null, "kind" varchar(10) not null, "sha256" varchar(64) not null, "version_n" int not null, "actions" int not null default 0, "sessions" int not null default 0, "reason" varchar(40) null, primary key ("fiche_id", "from_release"));
create index "release_member_to_index" on "release_member" ("to_release");
create unique index "release_member_current_unique" on "release_member" ("fiche_id") where to_release is null;
create table "rendu" ("input_hash" varchar(64) not null, "fiche_id" uuid not null, "sha256" varchar(64) not null, "writer_version" int not null, "numero" varchar(255) not null, "actions" int not null default 0, "sessions" int not null default 0, "prochain_changement" varchar(10) null, primary key ("input_hash"));
create index "rendu_fiche_id_index" on "rendu" ("fiche_id");
create table "session" ("id" uuid not null, "formation_id" uuid not null, "action_id" uuid not null, "numero" varchar(255) not null, "numero_recu" varchar(255) null, "debut" varchar(8) not null, "fin" varchar(8) not null, "etat_recrutement" varchar(1) null, "rang" int not null, "maj" varchar(10) not null, "creee" varchar(10) not null, "hash" varchar(64) not null, "retire_le" timestamptz(3) null, primary key ("id"));
create index "session_action_id_index" on "session" ("action_id");
create index "session_formation_index" on "session" ("formation_id");
create table "site" ("id" uuid not null, "organisme_id" uuid not null, "nom" varchar(250) not null, "insee" varchar(5) null, "commune" varchar(50) not null default '', "code_postal" varchar(5) not null default '', "latitude" double precision null, "longitude" double precision null, "retire_le" timestamptz(3) null, primary key ("id"));
create index "site_organisme_id_index" on "site" ("organisme_id");
create table "soumission" ("id" uuid not null default uuidv7(), "fiche_id" uuid not null, "organisme_id" uuid not null, "kind" text not null, "source" text not null, "source_name" varchar(40) null, "import_id" uuid null, "statut" text not null, "version" int not null default 0, "seq" int not null default 0, "base_version" int not null default 0, "conduite" text not null default 'workflow', "document" jsonb not null, "document_hash" varchar(64) not null, "save_number" int not null default 0, "titre" varchar(300) not null default '', "resume" jsonb null, "auteur_id" uuid null, "pour_of" boolean not null default false, "controles" jsonb null, "apercu_cpf" jsonb null, "echeances" jsonb null, "due_at" timestamptz(3) null, "motif" text null, "created_at" timestamptz(3) not null default now(), "saved_at" timestamptz(3) not null default now(), "deposee_le" timestamptz(3) null, "decidee_le" timestamptz(3) null, "decidee_par" uuid null, "accepted_n" int null, "release_n" int null, "remplacee_par" uuid null, "hors_release" varchar(200) null, primary key ("id"));
create unique index "soumission_open_unique" on "soumission" ("fiche_id") where statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees');
create index "soumission_queue_index" on "soumission" ("due_at", "id") where statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees');
create index "soumission_statut_index" on "soumission" ("statut", "id");
create index "soumission_fiche_index" on "soumission" ("fiche_id");
create index "soumission_organisme_index" on "soumission" ("organisme_id", "id");
alter table "soumission" add constraint "soumission_kind_check" check ("kind" in ('creation', 'change', 'withdrawal'));
alter table "soumission" add constraint "soumission_source_check" check ("source" in ('saisie', 'fichier', 'flux', 'courriel', 'api'));
alter table "soumission" add constraint "soumission_statut_check" check ("statut" in ('brouillon', 'deposee', 'controlee', 'enRevue', 'correctionsDemandees', 'validee', 'publiee', 'refusee', 'retiree', 'abandonnee'));
alter table "soumission" add constraint "soumission_conduite_check" check ("conduite" in ('workflow', 'lot'));
create table "promesse" ("soumission_id" uuid not null, "clock" varchar(14) not null, "cycle" int not null, "source" varchar(10) not null, "humain" boolean not null default true, "due_at" timestamptz(3) not null, "stopped_at" timestamptz(3) null, "kept" boolean null, primary key ("soumission_id", "clock", "cycle"));
create table "decision" ("id" uuid not null default uuidv7(), "soumission_id" uuid not null, "organisme_id" uuid not null, "version" int not null, "kind" text not null, "by" uuid null, "at" timestamptz(3) not null, "motif" text null, "champs" jsonb null, "undone_at" timestamptz(3) null, "undone_by" uuid null, primary key ("id"));
alter table "decision" add constraint "decision_kind_check" check ("kind" in ('approve', 'refuse', 'requestChanges'));
create table "claim" ("soumission_id" uuid not null, "user_id" uuid not null, "token" int not null, "expires_at" timestamptz(3) not null, "live" boolean not null default true, primary key ("soumission_id"));
create index "claim_user_id_index" on "claim" ("user_id");
create table "soumission_revision" ("soumission_id" uuid not null, "n" int not null, "organisme_id" uuid not null, "document" jsonb not null, "hash" varchar(64) not null, "auteur_id" uuid null, "deposee_le" timestamptz(3) not null, primary key ("soumission_id", "n"));
create table "source_recu" ("source" varchar(80) not null, "cle" varchar(300) not null, "fiche_id" uuid not null, "hash" varchar(64) not null, "soumission_id" uuid null, "document" jsonb null, "received_at" timestamptz(3) not null default now(), primary key ("source", "cle"));
create index "source_recu_cle_index" on "source_recu" ("cle");
create index "source_recu_fiche_index" on "source_recu" ("fiche_id");
create table "user_account" ("id" uuid not null default uuidv7(), "email" varchar(160) not null, "nom" varchar(120) not null, "role" text not null, "subject" varchar(255) null, "langue" varchar(2) not null default 'fr', "actif" boolean not null default true, "created_at" timestamptz(3) not null default now(), "last_used_at" timestamptz(3) null, primary key ("id"));
alter table "user_account" add constraint "user_account_email_unique" unique ("email");
alter table "user_account" add constraint "user_account_subject_unique" unique ("subject");
alter table "user_account" add constraint "user_account_role_check" check ("role" in ('of', 'moderateur', 'administrateur', 'consommateur'));
create table "access_token" ("id" uuid not null default uuidv7(), "user_id" uuid not null, "hash" varchar(64) not null, "label" varchar(120) not null, "created_at" timestamptz(3) not null default now(), "expires_at" timestamptz(3) not null, "revoked_at" timestamptz(3) null, "last_used_at" timestamptz(3) null, primary key ("id"));
alter table "access_token" add constraint "access_token_hash_unique" unique ("hash");
create table "user_organisme" ("user_id" uuid not null, "organisme_id" uuid not null, "created_at" timestamptz(3) not null default now(), primary key ("user_id", "organisme_id"));
alter table "fiche_version" add constraint "fiche_version_fiche_id_foreign" foreign key ("fiche_id") references "fiche" ("id");
alter table "import_octets" add constraint "import_octets_import_id_foreign" foreign key ("import_id") references "import" ("id") on delete cascade;
alter table "import_line" add constraint "import_line_import_id_foreign" foreign key ("import_id") references "import" ("id") on delete cascade;
alter table "journal" add constraint "journal_fiche_id_foreign" foreign key ("fiche_id") references "fiche" ("id");
alter table "release_change" add constraint "release_change_release_n_foreign" foreign key ("release_n") references "release" ("n");
alter table "soumission" add constraint "soumission_fiche_id_foreign" foreign key ("fiche_id") references "fiche" ("id");
alter table "promesse" add constraint "promesse_soumission_id_foreign" foreign key ("soumission_id") references "soumission" ("id");
alter table "decision" add constraint "decision_soumission_id_foreign" foreign key ("soumission_id") references "soumission" ("id");
alter table "claim" add constraint "claim_soumission_id_foreign" foreign key ("soumission_id") references "soumission" ("id") on update cascade on delete cascade;
alter table "soumission_revision" add constraint "soumission_revision_soumission_id_foreign" foreign key ("soumission_id") references "soumission" ("id");
alter table "access_token" add constraint "access_token_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on delete cascade;
alter table "user_organisme" add constraint "user_organisme_user_id_foreign" foreign key ("user_id") references "user_account" ("id") on delete cascade;
alter table "import" enable row level security;
alter table "import" force row level security;
create policy "worker_all" on "import" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "import" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or user_id = (select nullif(current_setting('sofi.user', true), ''))::uuid) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or user_id = (select nullif(current_setting('sofi.user', true), ''))::uuid);
alter table "journal" enable row level security;
alter table "journal" force row level security;
create policy "worker_all" on "journal" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "journal" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and not interne)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
alter table "soumission" enable row level security;
alter table "soumission" force row level security;
create policy "worker_all" on "soumission" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "soumission" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and true)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
alter table "decision" enable row level security;
alter table "decision" force row level security;
create policy "worker_all" on "decision" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "decision" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and true)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
alter table "soumission_revision" enable row level security;
alter table "soumission_revision" force row level security;
create policy "worker_all" on "soumission_revision" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "soumission_revision" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and true)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
`;

/** The journal, the accepted versions and the numeros given are append-only by right, not by habit. */
const RIGHTS = `
grant usage on schema public to sofi_api, sofi_worker, sofi_eraser;
grant usage, select on all sequences in schema public to sofi_api, sofi_worker;
grant update on sequence numero_seq to sofi_worker;
grant select, insert, update, delete on all tables in schema public to sofi_worker;
revoke update, delete on journal, fiche_version, numero_given from sofi_worker;
grant select on all tables in schema public to sofi_api;
grant insert, update, delete on user_account, user_organisme, access_token, idempotency_key, login, import, import_octets, claim to sofi_api;
grant insert, update on fiche, soumission, outbox, release, promesse to sofi_api;
grant insert on soumission_revision, journal to sofi_api;
grant select, update on fiche_version, octets to sofi_eraser;
`;

export class Migration20261124000000Initial extends Migration {
  override up(): void {
    for (const part of [ROLES, TABLES, REGLES_TABLES, RIGHTS, REGLES_RIGHTS]) this.addSql(part);
  }
}
