import { Migration } from '@mikro-orm/migrations';

/** Titles of the creations under way, so that look-alikes are found among them too. */
export class Migration20261125005100OpenTitles extends Migration {
  override up(): void {
    this.addSql(
      `create index "soumission_titre_index" on "soumission" using gist ("titre" gist_trgm_ops (siglen=64)) where kind = 'creation' and statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees');`,
    );
  }
}
