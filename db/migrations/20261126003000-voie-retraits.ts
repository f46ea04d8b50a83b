import { Migration } from '@mikro-orm/migrations';

/** How many sessions a trust lane lets leave at once; the lanes that were written take none out. */
export class Migration20261126003000VoieRetraits extends Migration {
  override up(): void {
    this.addSql('alter table "voie" add column "retraits" int null;');
  }
}
