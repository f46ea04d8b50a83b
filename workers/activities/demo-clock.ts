import { setDaysAhead } from '../../db/horloge.ts';
import { addDays, daysBetween } from '../../domain/model/calendar.ts';
import type { ParisDay } from '../../domain/model/ids.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { DemoClockActivities } from '../../workflows/demo-clock.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { atBorder } from './failure.ts';

/** The demo's business clock; refused by its settings in production, where nothing starts it. */
export function demoClockActivities({ db }: Pick<WorkerDeps, 'db'>, now: () => number = Date.now): DemoClockActivities {
  return atBorder<DemoClockActivities>({
    nextBusinessDay: (id) =>
      db.asWorker(async (sql) => {
        const run = await sql
          .selectFrom('horloge_avance')
          .selectAll()
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (run === undefined || run.state !== 'running' || run.faits >= run.jours) return null;
        const at = now();
        const day = addDays(run.jour as ParisDay, 1);
        await setDaysAhead(sql, daysBetween(parisDayOf(at), day));
        await sql.updateTable('horloge_avance').set({ step: 'horloge' }).where('id', '=', id).execute();
        return { day, at };
      }),
    clockStep: ({ id, step }) =>
      db.asWorker(async (sql) => {
        const run = await sql
          .selectFrom('horloge_avance')
          .selectAll()
          .where('id', '=', id)
          .forUpdate()
          .executeTakeFirst();
        if (run === undefined || run.step === step) return;
        const done = step === 'fait' ? { faits: run.faits + 1, jour: addDays(run.jour as ParisDay, 1) } : {};
        await sql
          .updateTable('horloge_avance')
          .set({ step, ...done })
          .where('id', '=', id)
          .execute();
      }),
    endClock: ({ id, state }) =>
      db.asWorker(async (sql) => {
        await sql.updateTable('horloge_avance').set({ state }).where('id', '=', id).execute();
      }),
  });
}
