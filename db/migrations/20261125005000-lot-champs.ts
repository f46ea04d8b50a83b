import { Migration } from '@mikro-orm/migrations';

/** What a lot of requests for changes asks of each field. */
export class Migration20261125005000LotChamps extends Migration {
  override up(): void {
    this.addSql('alter table "lot" add column "champs" jsonb null;');
  }
}
