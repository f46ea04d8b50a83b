import { Migration20261124000000Initial } from './20261124000000-initial.ts';
import { Migration20261125001000Mail } from './20261125001000-mail.ts';
import { Migration20261125001100MailPreferences } from './20261125001100-mail-preferences.ts';
import { Migration20261125002000Fraicheur } from './20261125002000-fraicheur.ts';
import { Migration20261125003000FileDAttente } from './20261125003000-file-d-attente.ts';
import { Migration20261125004000Retraits } from './20261125004000-retraits.ts';
import { Migration20261125005000LotChamps } from './20261125005000-lot-champs.ts';
import { Migration20261125005100OpenTitles } from './20261125005100-open-titles.ts';
import { Migration20261126001000PersonnesRetirees } from './20261126001000-personnes-retirees.ts';
import { Migration20261126003000VoieRetraits } from './20261126003000-voie-retraits.ts';
import { Migration20261126007000OrdreDesFichiers } from './20261126007000-ordre-des-fichiers.ts';
import { Migration20261127001000RaisonsEffacables } from './20261127001000-raisons-effacables.ts';
import { Migration20261127009000ChangementsEnAttente } from './20261127009000-changements-en-attente.ts';

/** In the order in which they run; a new one is appended, none is edited after v1.0. */
export const MIGRATIONS = [
  { name: '20261124000000-initial', class: Migration20261124000000Initial },
  { name: '20261125001000-mail', class: Migration20261125001000Mail },
  { name: '20261125001100-mail-preferences', class: Migration20261125001100MailPreferences },
  { name: '20261125002000-fraicheur', class: Migration20261125002000Fraicheur },
  { name: '20261125003000-file-d-attente', class: Migration20261125003000FileDAttente },
  { name: '20261125004000-retraits', class: Migration20261125004000Retraits },
  { name: '20261125005000-lot-champs', class: Migration20261125005000LotChamps },
  { name: '20261125005100-open-titles', class: Migration20261125005100OpenTitles },
  { name: '20261126001000-personnes-retirees', class: Migration20261126001000PersonnesRetirees },
  { name: '20261126003000-voie-retraits', class: Migration20261126003000VoieRetraits },
  { name: '20261126007000-ordre-des-fichiers', class: Migration20261126007000OrdreDesFichiers },
  { name: '20261127001000-raisons-effacables', class: Migration20261127001000RaisonsEffacables },
  { name: '20261127009000-changements-en-attente', class: Migration20261127009000ChangementsEnAttente },
];
