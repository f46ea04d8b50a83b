import { Migration } from '@mikro-orm/migrations';

/** The next page to render is found without passing over all that is rendered already. */
export class Migration20261127009000ChangementsEnAttente extends Migration {
  override up(): void {
    this.addSql(
      `create index "release_change_pending_index" on "release_change" ("release_n", "fiche_id") where outcome = 'pending';`,
    );
  }
}
