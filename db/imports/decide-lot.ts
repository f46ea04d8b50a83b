import { sql as raw } from 'kysely';
import { errorCodeOf } from '../../domain/model/errors.ts';
import { stopClock } from '../../domain/model/promise.ts';
import { controlesOf } from '../../domain/model/rules.ts';
import { json, type Sql } from '../connect.ts';
import { accept } from '../moderation/accept.ts';
import { echeancesOf, type Step, write } from '../moderation/commands/step.ts';
import { contentHash } from '../moderation/content.ts';
import { leaveTask } from '../moderation/outbox.ts';
import { lockSoumission } from '../moderation/rows.ts';
import { stateOf } from '../moderation/state.ts';
import type { Deposited, ImportRun } from './run.ts';

/**
 * Decides the soumissions of a trusted source in the page's transaction, organismes before formations: checked, then
 * accepted by rule, with the journal of any other. What acceptance refuses goes to people.
 */
export async function decideLot(sql: Sql, run: ImportRun, deposited: readonly Deposited[]): Promise<void> {
  for (const { soumissionId, outcome, faults } of deposited) {
    if (outcome === 'revised') continue;
    await raw`savepoint lot`.execute(sql);
    try {
      await decideOne(sql, run, soumissionId, faults);
      await raw`release savepoint lot`.execute(sql);
    } catch (error) {
      if (errorCodeOf(error) === undefined) throw error;
      await raw`rollback to savepoint lot`.execute(sql);
      await handToPeople(sql, soumissionId);
    }
  }
}

async function decideOne(sql: Sql, run: ImportRun, id: string, faults: Deposited['faults']): Promise<void> {
  const { fiche, row } = await lockSoumission(sql, id);
  const { at, region } = run;
  const step: Step = { sql, fiche, row, state: await stateOf(sql, row), at, region, commande: `lot-${run.id}-${id}` };
  const controles = controlesOf(faults, row.version, run.channel);
  const accepted = await accept(step, { retrait: false });
  const stopped = stopClock(stopClock(echeancesOf(step), 'alimentation', at), 'traitement', at);
  await write(step, {
    told: [
      { act: 'controler', to: 'controlee', data: { warnings: controles.warnings } },
      { act: 'approveByRule', from: 'controlee', to: 'validee', data: { import: run.id, accepted: accepted.n } },
    ],
    echeances: stopped,
    humain: false,
    set: {
      controles: json(controles),
      decidee_le: new Date(at),
      accepted_n: accepted.n,
      document: json(accepted.document),
      document_hash: contentHash(accepted.document),
    },
  });
}

/** The soumission takes the way of any other: a workflow, then the queue. */
async function handToPeople(sql: Sql, id: string): Promise<void> {
  await sql.updateTable('soumission').set({ conduite: 'workflow' }).where('id', '=', id).execute();
  await leaveTask(sql, { kind: 'start', subjectId: id });
}
