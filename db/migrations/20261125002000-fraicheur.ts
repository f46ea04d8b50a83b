import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "fraicheur" ("session_id" uuid not null, "formation_id" uuid not null, "organisme_id" uuid not null, "cycle" int not null default 1, "depuis" varchar(10) not null, "confirmee_le" varchar(10) null, "stade" text not null default 'fraiche', "stade_le" varchar(10) null, "cause" text null, "jour_d" varchar(10) null, primary key ("session_id"));
create index "fraicheur_formation_index" on "fraicheur" ("formation_id");
create index "fraicheur_stade_index" on "fraicheur" ("organisme_id", "stade") where stade <> 'fraiche';
create table "fraicheur_etape" ("session_id" uuid not null, "cycle" int not null, "stade" text not null, "formation_id" uuid not null, "organisme_id" uuid not null, "jour" varchar(10) not null, "cause" text not null, "courriels" int not null default 0, primary key ("session_id", "cycle", "stade"));
create index "fraicheur_etape_jour_index" on "fraicheur_etape" ("jour");
create table "fraicheur_organisme" ("organisme_id" uuid not null, "cycles" int not null default 0, "ponctuels" int not null default 0, primary key ("organisme_id"));
create table "fraicheur_passe" ("jour" varchar(10) not null, "examinees" int not null default 0, "avancees" int not null default 0, "courriels" int not null default 0, "at" timestamptz(3) not null, "finie_le" timestamptz(3) null, primary key ("jour"));
create table "fraicheur_reponse" ("id" uuid not null default uuidv7(), "session_id" uuid not null, "formation_id" uuid not null, "organisme_id" uuid not null, "cycle" int not null, "reponse" text not null, "voie" text not null, "courriel_id" uuid null, "user_id" uuid null, "jour" varchar(10) not null, "at" timestamptz(3) not null, "soumission_id" uuid null, primary key ("id"));
create index "fraicheur_reponse_organisme_index" on "fraicheur_reponse" ("organisme_id", "at");
create index "fraicheur_reponse_courriel_index" on "fraicheur_reponse" ("courriel_id");
create index "fraicheur_reponse_session_index" on "fraicheur_reponse" ("session_id");
create table "horloge_avance" ("id" uuid not null default uuidv7(), "jours" int not null, "faits" int not null default 0, "jour" varchar(10) not null, "state" text not null default 'running', "step" varchar(20) null, "at" timestamptz(3) not null, primary key ("id"));
create unique index "horloge_avance_unique" on "horloge_avance" ((state = 'running')) where state = 'running';
alter table "action" add "permanente" boolean not null default false;
alter table "fraicheur" add constraint "fraicheur_stade_check" check ("stade" in ('fraiche', 'aConfirmer', 'rappel1', 'rappel2', 'marquee', 'retiree', 'archivee'));
alter table "fraicheur" add constraint "fraicheur_cause_check" check ("cause" in ('sessionTerminee', 'recrutementOuvert', 'debutProche', 'permanente', 'fiche', 'certification', 'adresse'));
alter table "fraicheur" enable row level security;
alter table "fraicheur" force row level security;
create policy "worker_all" on "fraicheur" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "fraicheur" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and true)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
alter table "fraicheur_etape" add constraint "fraicheur_etape_stade_check" check ("stade" in ('fraiche', 'aConfirmer', 'rappel1', 'rappel2', 'marquee', 'retiree', 'archivee'));
alter table "fraicheur_etape" add constraint "fraicheur_etape_cause_check" check ("cause" in ('sessionTerminee', 'recrutementOuvert', 'debutProche', 'permanente', 'fiche', 'certification', 'adresse'));
alter table "fraicheur_etape" enable row level security;
alter table "fraicheur_etape" force row level security;
create policy "worker_all" on "fraicheur_etape" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "fraicheur_etape" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and true)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
alter table "fraicheur_organisme" enable row level security;
alter table "fraicheur_organisme" force row level security;
create policy "worker_all" on "fraicheur_organisme" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "fraicheur_organisme" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
alter table "fraicheur_passe" enable row level security;
alter table "fraicheur_passe" force row level security;
create policy "worker_all" on "fraicheur_passe" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "fraicheur_passe" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
alter table "fraicheur_reponse" add constraint "fraicheur_reponse_reponse_check" check ("reponse" in ('valable', 'complete', 'annulee', 'dates', 'places'));
alter table "fraicheur_reponse" add constraint "fraicheur_reponse_voie_check" check ("voie" in ('courriel', 'espace', 'telephone'));
alter table "fraicheur_reponse" enable row level security;
alter table "fraicheur_reponse" force row level security;
create policy "worker_all" on "fraicheur_reponse" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "fraicheur_reponse" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or (organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]) and true)) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur') or organisme_id = any (string_to_array((select nullif(current_setting('sofi.organismes', true), '')), ',')::uuid[]));
alter table "horloge_avance" add constraint "horloge_avance_state_check" check ("state" in ('running', 'done', 'failed'));
alter table "horloge_avance" enable row level security;
alter table "horloge_avance" force row level security;
create policy "worker_all" on "horloge_avance" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "horloge_avance" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
`;

/** What the accepted documents already say of permanent entries. */
const PERMANENT = `
update action a set permanente = true
from fiche f join fiche_version v on v.fiche_id = f.id and v.n = f.version_n
  cross join lateral jsonb_array_elements(v.document -> 'actions') x
where f.kind = 'formation' and a.formation_id = f.id and x ->> 'id' = a.id::text
  and coalesce(x #>> '{champs,modalites-entrees-sorties,#}', x #>> '{champs,modalites-entrees-sorties}') = '1';
`;

const RIGHTS = `
grant select, insert, update, delete on fraicheur, fraicheur_etape, fraicheur_reponse, fraicheur_organisme, fraicheur_passe, horloge_avance to sofi_worker;
grant select on fraicheur, fraicheur_etape, fraicheur_reponse, fraicheur_organisme, fraicheur_passe, horloge_avance to sofi_api;
grant insert, update on horloge_avance to sofi_api;
`;

/** Freshness of sessions: cycles, stages, answers, passes (design §8); the demo's business clock. */
export class Migration20261125002000Fraicheur extends Migration {
  override up(): void {
    for (const part of [TABLES, PERMANENT, RIGHTS]) this.addSql(part);
  }
}
