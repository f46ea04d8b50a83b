import { SofiError } from '../../../domain/model/errors.ts';
import { isMendable, mendDocument } from '../../../domain/model/mends.ts';
import type { Actor } from '../../../domain/model/requests.ts';
import { json } from '../../connect.ts';
import { contentColumns } from '../content.ts';
import { noticesOfStep } from '../notices.ts';
import { freezeRevision, revisionDocument } from '../revisions.ts';
import { acceptedVersion } from '../rows.ts';
import { readWords } from '../words.ts';
import { type Step, write } from './step.ts';

/**
 * A moderator's own correction becomes the next version: claim and clocks are kept, checks run again, the OF is told.
 * Refuses `champ-non-corrigeable`, `rien-a-corriger`, and `transition-interdite` for a withdrawal.
 */
export async function mend(step: Step, command: { readonly by: Actor; readonly words: string }): Promise<void> {
  const { sql, fiche, row, at } = step;
  const { by } = command;
  if (row.kind === 'withdrawal') throw new SofiError('transition-interdite', undefined, { statut: row.statut });
  const { mends: wishes = [] } = await readWords(sql, row.id, command.words);
  const foreign = wishes.find(({ path }) => !isMendable(path));
  if (foreign !== undefined) throw new SofiError('champ-non-corrigeable', undefined, { path: foreign.path });
  const { document, mends } = mendDocument(await revisionDocument(sql, row.id, row.version), wishes);
  if (mends.length === 0) throw new SofiError('rien-a-corriger');
  const version = row.version + 1;
  const accepted = (await acceptedVersion(sql, fiche.id, row.base_version))?.document ?? null;
  await freezeRevision(sql, row, { n: version, document, auteurId: by.userId, at });
  await sql
    .insertInto('mend')
    .values({
      soumission_id: row.id,
      version,
      organisme_id: row.organisme_id,
      by: by.userId,
      at: new Date(at),
      champs: json([...mends]),
    })
    .execute();
  await noticesOfStep(step, [{ kind: 'mend', audience: 'of', data: { version } }]);
  await write(step, {
    told: [{ act: 'mend', to: 'deposee', by, data: { version, champs: mends.map(({ path }) => path) } }],
    set: {
      document: json(document),
      ...contentColumns(document, accepted),
      version,
      save_number: row.save_number + 1,
      controles: null,
      apercu_cpf: null,
    },
  });
}
