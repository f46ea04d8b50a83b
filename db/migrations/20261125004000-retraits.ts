import { Migration } from '@mikro-orm/migrations';

/** Withdrawals of single sessions, and of formations that leave with their organisme. */
export class Migration20261125004000Retraits extends Migration {
  override up(): void {
    this.addSql(
      'alter table "soumission" add column "partiel" boolean not null default false, add column "suite_de" uuid null;',
    );
    this.addSql('create index "soumission_suite_de_index" on "soumission" ("suite_de");');
  }
}
