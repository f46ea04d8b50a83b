import { Readable } from 'node:stream';
import SMTPConnection from 'nodemailer/lib/smtp-connection';

/** What became of one mail. */
export type Delivery =
  | { readonly kind: 'sent' }
  /** The server refuses this mail: for good, or for now. */
  | { readonly kind: 'refused'; readonly permanent: boolean; readonly code: string }
  /** The server fell silent once it had the content: sent or not, nobody knows. */
  | { readonly kind: 'uncertain'; readonly code: string }
  /** No server, or one that does not talk to us: no fault of this mail. */
  | { readonly kind: 'away'; readonly code: string };

export interface SmtpLimits {
  /** To connect and to be greeted, in ms. */
  readonly connectMs: number;
  /** For each answer, in ms; RFC 5321 §4.5.3.2.6 asks for patience after the content. */
  readonly answerMs: number;
  /** For one mail as a whole, in ms. */
  readonly mailMs: number;
}

export const SMTP_LIMITS: SmtpLimits = { connectMs: 15_000, answerMs: 120_000, mailMs: 240_000 };

interface SmtpError extends Error {
  readonly code?: string;
  readonly response?: string;
  readonly responseCode?: number;
  readonly command?: string;
}

/** The server's code and enhanced status, `550 5.1.1`; else how the connection failed. Never its words. */
function codeOf({ response, responseCode, code }: SmtpError): string {
  const status = /^\d{3}[ -](\d\.\d{1,3}\.\d{1,3})?/.exec(response ?? '')?.[1];
  if (responseCode !== undefined) return status === undefined ? `${responseCode}` : `${responseCode} ${status}`;
  return code ?? 'ECONNECTION';
}

/** A refusal of the recipient or of the content concerns the mail; of the greeting, the login or the sender, us. */
const OF_THE_MAIL = new Set(['RCPT TO', 'DATA']);
const CLOSING = 421;

function judge(error: SmtpError, handedOver: boolean): Delivery {
  const code = codeOf(error);
  const { responseCode, command = '' } = error;
  if (responseCode === undefined) return handedOver ? { kind: 'uncertain', code } : { kind: 'away', code };
  if (responseCode === CLOSING || !OF_THE_MAIL.has(command)) return { kind: 'away', code };
  return { kind: 'refused', permanent: responseCode >= 500, code };
}

/** Who sends to whom; a server that knows RFC 3461 reports failures alone, by this id, without the content. */
export interface SmtpEnvelope {
  readonly from: string;
  readonly to: string;
  readonly id: string;
}

/** One connection to an SMTP server, opened when it is first needed and again after each failure. */
export class SmtpDoor {
  readonly #url: URL;
  readonly #limits: SmtpLimits;
  #open: SMTPConnection | undefined;

  constructor(url: string, limits: SmtpLimits = SMTP_LIMITS) {
    this.#url = new URL(url);
    this.#limits = limits;
  }

  async #connect(): Promise<SMTPConnection> {
    const { hostname, port, protocol, username, password } = this.#url;
    const { connectMs, answerMs } = this.#limits;
    const connection = new SMTPConnection({
      host: hostname.replace(/^\[(.*)\]$/, '$1'),
      ...(port === '' ? {} : { port: Number(port) }),
      secure: protocol === 'smtps:',
      connectionTimeout: connectMs,
      greetingTimeout: connectMs,
      socketTimeout: answerMs,
    });
    await new Promise<void>((resolve, reject) => {
      connection.once('error', reject);
      connection.connect((error) => (error ? reject(error) : resolve()));
    });
    if (username !== '') {
      const credentials = { user: decodeURIComponent(username), pass: decodeURIComponent(password) };
      await new Promise<void>((resolve, reject) => {
        connection.login({ credentials }, (error) => (error ? reject(error) : resolve()));
      });
    }
    return connection;
  }

  /** Hands one mail over; what went wrong is told, not thrown. */
  async deliver(envelope: SmtpEnvelope, mail: Buffer): Promise<Delivery> {
    let handedOver = false;
    try {
      const connection = this.#open ?? (await this.#connect());
      this.#open = connection;
      const content = Readable.from([mail]).once('end', () => {
        handedOver = true;
      });
      await new Promise<void>((resolve, reject) => {
        const late = setTimeout(() => {
          reject(Object.assign(new Error('The server takes too long'), { code: 'ETIMEDOUT' }));
        }, this.#limits.mailMs);
        const end = (error?: Error | null) => {
          clearTimeout(late);
          if (error) reject(error);
          else resolve();
        };
        connection.once('error', end);
        const { from, to, id } = envelope;
        const dsn = { envid: id, ret: 'HDRS', notify: 'FAILURE' } as const;
        connection.send({ from, to: [to], dsn }, content, (error) => {
          connection.removeListener('error', end);
          end(error);
        });
      });
      return { kind: 'sent' };
    } catch (error) {
      this.close();
      return judge(error as SmtpError, handedOver);
    }
  }

  close(): void {
    const connection = this.#open;
    this.#open = undefined;
    if (connection === undefined) return;
    connection.on('error', () => undefined);
    connection.close();
  }
}
