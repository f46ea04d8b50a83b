import { activityInfo, cancellationSignal, heartbeat } from '@temporalio/activity';
import { readFacts } from '../../db/mail/facts.ts';
import { gatherMails } from '../../db/mail/gather.ts';
import { dueMails, sentLastHour, type TakenMail, takeMail, takeUpLeft } from '../../db/mail/outbox.ts';
import { readMailSettings } from '../../db/mail/settings.ts';
import { settleDelivery } from '../../db/mail/settle.ts';
import { isQuietDay } from '../../domain/model/mail-settings.ts';
import { parisDayOf } from '../../domain/model/paris-time.ts';
import type { MailActivities, MailPage } from '../../workflows/mail.ports.ts';
import type { WorkerDeps } from '../deps.ts';
import { composeMail, type MailHouse } from '../mail/compose.ts';
import { type Delivery, SMTP_LIMITS, SmtpDoor, type SmtpLimits } from '../mail/smtp-door.ts';
import { atBorder } from './failure.ts';

/** Mails of one page, and how many leave side by side. */
const PAGE = 200;
const HANDS = 4;
const BEAT_MS = 2_000;

type Parts = Pick<WorkerDeps, 'db' | 'settings' | 'region' | 'log'> & {
  readonly limits?: SmtpLimits;
  readonly now: () => number;
};

const NOTHING: MailPage = { sent: 0, more: false, away: false };

/** What may leave now: the page's ids, in the order in which they fall due. */
async function nextPage({ db, settings: { demo } }: Parts, run: string, at: number): Promise<string[]> {
  return db.asWorker(async (sql) => {
    const settings = await readMailSettings(sql);
    if (settings.arret) return [];
    await takeUpLeft(sql, run);
    await gatherMails(sql, at);
    const room = settings.parHeure === null ? PAGE : settings.parHeure - (await sentLastHour(sql, at));
    if (room <= 0) return [];
    // Whoever tries the demo on a Sunday wants to see its mails.
    const quiet = !demo && isQuietDay(parisDayOf(at), settings);
    return dueMails(sql, { at, quiet, limit: Math.min(PAGE, room) });
  });
}

async function takeWithFacts({ db }: Parts, id: string, run: string) {
  return db.asWorker(async (sql) => {
    const taken = await takeMail(sql, id, run);
    if (taken === null) return null;
    const row = await sql
      .selectFrom('courriel')
      .select(['id', 'kind', 'payload', 'soumission_id', 'organisme_id'])
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    return { taken, facts: await readFacts(sql, row) };
  });
}

interface Sender {
  readonly parts: Parts;
  readonly house: MailHouse;
  readonly run: string;
}

/** Logs what an operator must know of one mail; ids and codes only. */
function tell({ log }: Parts, { id, kind }: TakenMail, delivery: Delivery): void {
  if (delivery.kind === 'sent') return;
  const line = { courriel: id, kind, code: delivery.code };
  if (delivery.kind === 'uncertain') log.warn(line, 'mail sent or not: the server closed after the content');
  else if (delivery.kind === 'refused') log.warn({ ...line, permanent: delivery.permanent }, 'mail refused');
  else log.warn(line, 'mail server away');
}

/** Sends one mail; null when there was nothing to send any more. */
async function sendOne({ parts, house, run }: Sender, door: SmtpDoor, id: string): Promise<Delivery | null> {
  const found = await takeWithFacts(parts, id, run);
  if (found === null) return null;
  const { taken, facts } = found;
  const at = parts.now();
  if (facts === null) {
    await parts.db.asWorker((sql) => settleDelivery(sql, taken, { kind: 'pointless' }, at));
    return null;
  }
  const mail = await composeMail(house, taken, facts, at);
  const delivery = await door.deliver(mail.envelope, mail.raw);
  tell(parts, taken, delivery);
  const ended = { ...delivery, messageId: mail.messageId };
  await parts.db.asWorker((sql) => settleDelivery(sql, taken, ended, parts.now()));
  return delivery;
}

/** Each hand has a connection of its own and takes the next mail until none is left or the server is away. */
async function sendAll(sender: Sender, url: string, ids: readonly string[]): Promise<{ sent: number; away: boolean }> {
  const waiting = [...ids];
  const done = { sent: 0, away: false };
  const stop = cancellationSignal();
  const hand = async () => {
    const door = new SmtpDoor(url, sender.parts.limits ?? SMTP_LIMITS);
    try {
      for (let id = waiting.shift(); id !== undefined && !done.away && !stop.aborted; id = waiting.shift()) {
        const delivery = await sendOne(sender, door, id);
        if (delivery?.kind === 'sent') done.sent += 1;
        if (delivery?.kind === 'away') done.away = true;
        heartbeat();
      }
    } finally {
      door.close();
    }
  };
  await Promise.all(Array.from({ length: Math.min(HANDS, ids.length) }, hand));
  return done;
}

/** The sender of mails; `limits` are those of the SMTP server, shorter in tests, and `now` tells the time, in ms. */
export function mailActivities(given: Omit<Parts, 'now'> & Partial<Parts>): MailActivities {
  const parts: Parts = { now: Date.now, ...given };
  const { smtpUrl, ...addresses } = parts.settings.mail;
  const house: MailHouse = { region: parts.region, ...addresses };
  return atBorder<MailActivities>({
    async sendMailPage() {
      if (smtpUrl === undefined) return NOTHING;
      const { workflowExecution, activityId, attempt } = activityInfo();
      const run = `${workflowExecution?.runId ?? ''}:${activityId}:${attempt}`;
      const beat = setInterval(() => heartbeat(), BEAT_MS);
      try {
        const ids = await nextPage(parts, run, parts.now());
        if (ids.length === 0) return NOTHING;
        const { sent, away } = await sendAll({ parts, house, run }, smtpUrl, ids);
        parts.log.info({ sent, away, of: ids.length }, 'mails sent');
        return { sent, more: !away, away };
      } finally {
        clearInterval(beat);
      }
    },
  });
}
