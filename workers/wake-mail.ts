import { purgeMails } from '../db/mail/forget.ts';
import { mailsWait, sentLastHour } from '../db/mail/outbox.ts';
import { readMailSettings } from '../db/mail/settings.ts';
import { isQuietDay } from '../domain/model/mail-settings.ts';
import { parisDayOf } from '../domain/model/paris-time.ts';
import { LOTS, MAIL_SENDER, TASK_TIMEOUT, WORKFLOWS } from '../workflows/messages.ts';
import type { WorkerDeps } from './deps.ts';

/** Whether a sender would find something that it may send. */
async function mayLeave({ db, settings }: Pick<WorkerDeps, 'db' | 'settings'>, at: number): Promise<boolean> {
  return db.asWorker(async (sql) => {
    const mail = await readMailSettings(sql);
    if (mail.arret) return false;
    const quiet = !settings.demo && isQuietDay(parisDayOf(at), mail);
    if (!(await mailsWait(sql, at, quiet))) return false;
    return mail.parHeure === null || (await sentLastHour(sql, at)) < mail.parHeure;
  });
}

/** Starts the one sender when something may leave; one that runs is left alone. */
async function wakeMail(parts: Pick<WorkerDeps, 'db' | 'settings' | 'temporal'>, at: number): Promise<void> {
  if (parts.settings.mail.smtpUrl === undefined || !(await mayLeave(parts, at))) return;
  await parts.temporal.workflow.start(WORKFLOWS.mail, {
    workflowId: MAIL_SENDER,
    taskQueue: LOTS,
    args: [],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: TASK_TIMEOUT,
  });
}

const EVERY_MS = 3_000;
const PURGE_EVERY_MS = 24 * 3_600_000;

/** Looks for mails that may leave every few seconds, until stopped; what is returned waits for the look under way. */
export function startMailWaker(parts: Pick<WorkerDeps, 'db' | 'settings' | 'temporal' | 'log'>): () => Promise<void> {
  let looking = false;
  let purgedAt = 0;
  let last = Promise.resolve();
  const look = () =>
    wakeMail(parts, Date.now()).catch((error: unknown) =>
      parts.log.warn({ err: error }, 'the sender of mails not woken'),
    );
  const timer = setInterval(() => {
    if (looking) return;
    looking = true;
    const now = Date.now();
    if (now - purgedAt > PURGE_EVERY_MS) {
      purgedAt = now;
      parts.db
        .asWorker((sql) => purgeMails(sql, now))
        .catch((err: unknown) => parts.log.warn({ err }, 'mails not purged'));
    }
    last = look().finally(() => {
      looking = false;
    });
  }, EVERY_MS);
  return () => {
    clearInterval(timer);
    return last;
  };
}
