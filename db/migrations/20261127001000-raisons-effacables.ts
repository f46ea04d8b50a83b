import { Migration } from '@mikro-orm/migrations';

/** The role that removes persons may take them out of why a rule was set, as it may out of accepted documents. */
export class Migration20261127001000RaisonsEffacables extends Migration {
  override up(): void {
    this.addSql('grant select, update (raison) on regle_reglage to sofi_eraser;');
  }
}
