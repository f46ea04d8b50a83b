import { Migration } from '@mikro-orm/migrations';

/**
 * The queue's exact count reads an index alone, as long as the table is vacuumed: soumissions that wait are rewritten at
 * each step, so that comes sooner than by default.
 */
export class Migration20261125003000FileDAttente extends Migration {
  override up(): void {
    this.addSql(
      `create index "soumission_count_index" on "soumission" ("statut") include ("organisme_id", "pour_of") where statut in ('deposee', 'controlee', 'enRevue', 'correctionsDemandees')`,
    );
    this.addSql(
      'alter table "soumission" set (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_insert_scale_factor = 0.05, autovacuum_analyze_scale_factor = 0.05)',
    );
  }
}
