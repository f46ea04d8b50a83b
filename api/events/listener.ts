import pg from 'pg';
import type { Logger } from 'pino';
import { EVENTS_CHANNEL } from '../../db/entities/triggers.ts';

const RETRY_MS = [500, 1_000, 2_000, 5_000, 10_000] as const;
const LOOK_EVERY_MS = 15_000;
const ANSWER_MS = 5_000;

export interface Listening {
  readonly close: () => void;
}

interface Ears {
  readonly databaseUrl: string;
  readonly log: Logger;
  readonly hear: (payload: string) => void;
  /** Called once it listens again after a gap. */
  readonly back: () => void;
}

/** Listens on one connection of its own, and comes back by itself when that is lost. */
export function listenToDatabase({ databaseUrl, log, hear, back }: Ears): Listening {
  let closed = false;
  let tries = 0;
  let lost = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;

  const drop = (gone: pg.Client) => {
    if (client !== gone) return;
    client = undefined;
    void gone.end().catch(() => undefined);
    if (closed) return;
    lost = true;
    const wait = RETRY_MS[Math.min(tries, RETRY_MS.length - 1)];
    tries += 1;
    log.warn({ retryMs: wait }, 'events: lost the database');
    timer = setTimeout(connect, wait);
  };

  const look = (listening: pg.Client) => {
    timer = setTimeout(() => {
      listening.query('select 1').then(
        () => client === listening && look(listening),
        () => drop(listening),
      );
    }, LOOK_EVERY_MS);
  };

  const connect = () => {
    const opened = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'sofi-events',
      connectionTimeoutMillis: ANSWER_MS,
      query_timeout: ANSWER_MS,
      keepAlive: true,
    });
    client = opened;
    opened.on('error', () => drop(opened));
    opened.on('end', () => drop(opened));
    opened.on('notification', ({ payload = '' }) => hear(payload));
    opened
      .connect()
      .then(() => opened.query(`listen ${EVENTS_CHANNEL}`))
      .then(
        () => {
          tries = 0;
          if (lost) back();
          lost = false;
          if (client === opened) look(opened);
        },
        () => drop(opened),
      );
  };

  connect();
  return {
    close() {
      closed = true;
      clearTimeout(timer);
      void client?.end().catch(() => undefined);
    },
  };
}
