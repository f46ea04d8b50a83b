import { type Escalation, escalationLead, escalationsAfter } from '../../../domain/model/escalation.ts';
import type { InstantMs } from '../../../domain/model/ids.ts';
import type { NoticeAudience } from '../../../domain/model/vie.ts';
import { tellCariforef } from '../../mail/tell.ts';
import { leaveNotices } from '../notices.ts';
import { readModerationSettings } from '../settings.ts';
import { echeancesOf, happened, type Step, write } from './step.ts';

type Told = Escalation & { readonly stage: Extract<Escalation['stage'], NoticeAudience> };

const isTold = (escalation: Escalation): escalation is Told =>
  escalation.stage === 'moderateurs' || escalation.stage === 'administrateurs';

const ROLE_OF = { moderateurs: 'moderateur', administrateurs: 'administrateur' } as const;

async function tellDue(step: Step, due: readonly Told[]): Promise<void> {
  const echeances = echeancesOf(step);
  for (const stage of ['moderateurs', 'administrateurs'] as const) {
    const events = due
      .filter((one) => one.stage === stage)
      .map(({ clock, cycle }) => {
        const at = echeances[clock].due;
        return happened(step, `${step.row.id}:${clock}:${cycle}:${at}:${stage}`, { clock, due: at });
      });
    if (events.length > 0) await tellCariforef(step.sql, [ROLE_OF[stage]], step.at, events);
  }
}

/** Tells moderators, then administrators, that a promise comes due; each clock, cycle and due once. */
export async function escalate(step: Step): Promise<void> {
  const { sql, row, at } = step;
  const echeances = echeancesOf(step);
  const since = (row.escalade_le ?? row.deposee_le ?? row.created_at).getTime() as InstantMs;
  const due = escalationsAfter(echeances, since, (await readModerationSettings(sql)).escalade)
    .filter(isTold)
    .filter((one) => one.at - escalationLead(row.id) <= at);
  if (due.length === 0 || row.statut === 'correctionsDemandees') return;
  await tellDue(step, due);
  const place = { soumissionId: row.id, ficheId: row.fiche_id, organismeId: row.organisme_id, at };
  await leaveNotices(
    sql,
    place,
    due.map(({ clock, cycle, stage }) => ({
      cle: `escalade:${row.id}:${clock}:${cycle}:${stage}:${echeances[clock].due}`,
      kind: 'escalade',
      audience: stage,
      data: { clock, cycle, due: new Date(echeances[clock].due).toISOString() },
    })),
  );
  const data = { avis: due.map(({ clock, stage }) => `${clock}:${stage}`) };
  await write(step, {
    told: [{ act: 'escalade', to: row.statut, data, interne: true }],
    set: { escalade_le: new Date(Math.max(at, ...due.map((one) => one.at))) },
  });
}
