import { Migration } from '@mikro-orm/migrations';

/** The files of a release are read in the order of their numeros, a page at a time: without it each page sorts them all. */
export class Migration20261126007000OrdreDesFichiers extends Migration {
  override up(): void {
    this.addSql(
      'create index "release_member_order_index" on "release_member" ("kind", "numero" collate "C", "fiche_id")',
    );
  }
}
