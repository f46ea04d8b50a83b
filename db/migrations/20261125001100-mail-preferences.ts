import { Migration } from '@mikro-orm/migrations';

const OWN = "destinataire = (select current_setting('sofi.user', true))";

/** What a moderator's act leaves for an OF follows the OF's own preferences: the Cariforef reads them. */
export class Migration20261125001100MailPreferences extends Migration {
  override up(): void {
    this.addSql(`drop policy "api_own" on "courriel_preference";
create policy "api_own" on "courriel_preference" to "sofi_api" using (${OWN} or (select current_setting('sofi.role', true)) in ('moderateur', 'administrateur')) with check (${OWN});`);
  }
}
