import { type FicheDocument, texteOf } from '../../domain/model/documents.ts';
import type { Fault } from '../../domain/model/faults.ts';
import type { InstantMs } from '../../domain/model/ids.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { RegionSettings } from '../../domain/model/region.ts';
import { checkFiche } from '../../domain/model/rules.ts';
import type { Channel } from '../../domain/model/vocabulary.ts';
import { loadReferenceTables } from '../checks/reference-tables.ts';
import type { Sql } from '../connect.ts';

/** The rules as an import asks them: by its channel, with what is known of the codes that the fiche names. */
export function receivedCheck(channel: Channel, at: InstantMs, region: RegionSettings) {
  return async (sql: Sql, document: FicheDocument): Promise<readonly Fault[]> => {
    const organisme =
      document.kind === 'formation' ? document.champs['organisme-formation-responsable'] : document.champs;
    const siret = texteOf(organisme?.['SIRET-organisme-formation']?.SIRET);
    const tables = await loadReferenceTables(sql, document, siret);
    return checkFiche(document, { channel, today: parisDayOf(at), region, tables });
  };
}
