import { Migration } from '@mikro-orm/migrations';

/** Who asked to be removed, by hash: rows are added, and none is ever taken back. */
export class Migration20261126001000PersonnesRetirees extends Migration {
  override up(): void {
    this.addSql(
      'create table "personne_retiree" ("empreinte" varchar(64) not null, "kind" text not null, "mots" int not null, "tamis" int not null, "at" timestamptz(3) not null default now(), primary key ("empreinte"));',
    );
    this.addSql(
      `alter table "personne_retiree" add constraint "personne_retiree_kind_check" check ("kind" in ('courriel', 'noms'));`,
    );
    this.addSql('grant select, insert on personne_retiree to sofi_worker;');
  }
}
