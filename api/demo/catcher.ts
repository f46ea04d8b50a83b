import { simpleParser } from 'mailparser';
import type { Logger } from 'pino';
import { SMTPServer } from 'smtp-server';
import type { Database } from '../../db/connect.ts';
import { keepCapture } from '../../db/mail/captures.ts';

const LOOPBACK = '127.0.0.1';
const LARGEST_BYTES = 1024 * 1024;

async function keep(db: Database, bytes: Buffer, vers: string): Promise<void> {
  const { subject = '', messageId = '' } = await simpleParser(bytes);
  await db.asWorker((sql) => keepCapture(sql, { vers, sujet: subject, messageId, source: bytes.toString('utf8') }));
}

/** The demo's own mail server, on this machine only: it delivers nothing and keeps what comes for its page. */
export async function startCatcher(db: Database, port: number, log: Logger): Promise<() => Promise<void>> {
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    size: LARGEST_BYTES,
    onData(stream, { envelope }, answer) {
      const pieces: Buffer[] = [];
      stream.on('data', (piece: Buffer) => pieces.push(piece));
      stream.on('end', () => {
        const vers = envelope.rcptTo.map(({ address }) => address).join(', ');
        keep(db, Buffer.concat(pieces), vers).then(
          () => answer(),
          (error: unknown) => {
            log.warn({ err: error }, 'mail not caught');
            answer(new Error('Cannot keep the mail'));
          },
        );
      });
    },
  });
  server.on('error', (error) => log.warn({ err: error }, 'mail catcher'));
  await new Promise<void>((resolve) => {
    server.listen(port, LOOPBACK, () => resolve());
  });
  return () => new Promise((resolve) => server.close(() => resolve()));
}
