import { Migration } from '@mikro-orm/migrations';

const TABLES = `
create table "courriel" ("id" uuid not null default uuidv7(), "cle" varchar(200) not null, "kind" text not null, "mode" text not null default 'immediat', "destinataire" varchar(160) not null, "user_id" uuid null, "adresse" varchar(160) null, "langue" varchar(2) not null default 'fr', "organisme_id" uuid null, "fiche_id" uuid null, "soumission_id" uuid null, "payload" jsonb not null, "state" text not null default 'attente', "pas_avant" timestamptz(3) not null default now(), "created_at" timestamptz(3) not null default now(), "groupe_id" uuid null, "pris_par" varchar(80) null, "essais" int not null default 0, "reprises" int not null default 0, "message_id" varchar(200) null, "sent_at" timestamptz(3) null, "lien_expire_le" timestamptz(3) null, "code" varchar(60) null, primary key ("id"));
create index "courriel_attente_index" on "courriel" ("pas_avant", "id") where state = 'attente';
create index "courriel_destinataire_index" on "courriel" ("destinataire", "pas_avant") where state = 'attente';
create index "courriel_en_cours_index" on "courriel" ("id") where state = 'enCours';
create index "courriel_envoye_index" on "courriel" ("sent_at");
create index "courriel_soumission_index" on "courriel" ("soumission_id");
create index "courriel_message_index" on "courriel" ("message_id");
create index "courriel_groupe_index" on "courriel" ("groupe_id");
alter table "courriel" add constraint "courriel_cle_unique" unique ("cle");
create table "courriel_capture" ("id" uuid not null default uuidv7(), "at" timestamptz(3) not null default now(), "vers" varchar(320) not null, "sujet" varchar(500) not null, "message_id" varchar(200) not null, "source" text not null, primary key ("id"));
create table "courriel_preference" ("destinataire" varchar(160) not null, "kind" text not null, "mode" text not null, "modifie_le" timestamptz(3) not null default now(), primary key ("destinataire", "kind"));
create table "courriel_retour" ("id" uuid not null default uuidv7(), "destinataire" varchar(160) not null, "courriel_id" uuid not null, "kind" text not null, "code" varchar(60) not null, "fois" int not null default 1, "at" timestamptz(3) not null, "traite_le" timestamptz(3) null, "traite_par" uuid null, primary key ("id"));
create unique index "courriel_retour_ouvert_unique" on "courriel_retour" ("destinataire") where traite_le is null;
alter table "courriel" add constraint "courriel_kind_check" check ("kind" in ('recu', 'corrections', 'rappel', 'decision', 'annulation', 'abandon', 'publie', 'horsRelease', 'retrait', 'message', 'escalade', 'fraicheur', 'recapitulatif', 'essai'));
alter table "courriel" add constraint "courriel_mode_check" check ("mode" in ('immediat', 'quotidien', 'aucun'));
alter table "courriel" add constraint "courriel_state_check" check ("state" in ('attente', 'enCours', 'envoye', 'incertain', 'groupe', 'annule', 'abandonne'));
alter table "courriel" enable row level security;
alter table "courriel" force row level security;
create policy "worker_all" on "courriel" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "courriel" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
alter table "courriel_capture" enable row level security;
alter table "courriel_capture" force row level security;
create policy "worker_all" on "courriel_capture" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "courriel_capture" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
alter table "courriel_preference" add constraint "courriel_preference_kind_check" check ("kind" in ('recu', 'corrections', 'rappel', 'decision', 'annulation', 'abandon', 'publie', 'horsRelease', 'retrait', 'message', 'escalade', 'fraicheur', 'recapitulatif', 'essai'));
alter table "courriel_preference" add constraint "courriel_preference_mode_check" check ("mode" in ('immediat', 'quotidien', 'aucun'));
alter table "courriel_preference" enable row level security;
alter table "courriel_preference" force row level security;
create policy "worker_all" on "courriel_preference" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "courriel_preference" to "sofi_api" using (destinataire = (select current_setting('sofi.user', true))) with check (destinataire = (select current_setting('sofi.user', true)));
alter table "courriel_retour" add constraint "courriel_retour_kind_check" check ("kind" in ('rejet', 'plainte', 'epuise'));
alter table "courriel_retour" enable row level security;
alter table "courriel_retour" force row level security;
create policy "worker_all" on "courriel_retour" to "sofi_worker" using (true) with check (true);
create policy "api_own" on "courriel_retour" to "sofi_api" using ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check ((select current_setting('sofi.role', true)) in ('moderateur', 'administrateur'));
`;

const RIGHTS = `
grant select, insert, update, delete on courriel, courriel_preference, courriel_retour, courriel_capture to sofi_worker;
grant select on courriel, courriel_preference, courriel_retour, courriel_capture to sofi_api;
grant insert, update on courriel, courriel_preference, courriel_retour to sofi_api;
`;

/** The outbox of mails, what people want to be told, and addresses that refuse (design §5, §8). */
export class Migration20261125001000Mail extends Migration {
  override up(): void {
    for (const part of [TABLES, RIGHTS]) this.addSql(part);
  }
}
