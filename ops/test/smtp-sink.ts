import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';

/** What a server does at a moment of the talk: goes on, refuses by a reply, closes, or says nothing. */
type SinkAct = 'accept' | 'close' | 'silent' | { readonly reply: string };

interface SunkMail {
  readonly to: string;
  /** Its commands of sender and recipient, as they came. */
  readonly commands: readonly string[];
  readonly messageId: string;
  readonly source: string;
}

export interface SinkManners {
  /** At the greeting. */
  readonly greet?: () => SinkAct;
  readonly rcpt?: (to: string) => SinkAct;
  /** Once the content has come whole; what is accepted here counts as received. */
  readonly data?: (mail: SunkMail) => SinkAct;
  /** What it says that it knows, beside plain SMTP: `DSN`. */
  readonly extensions?: readonly string[];
  /** Content whose answer is lost was received all the same, as a real server may. */
  readonly keepsUnanswered?: boolean;
}

export interface Sink {
  readonly url: string;
  readonly received: SunkMail[];
  manners: SinkManners;
  readonly stop: () => Promise<void>;
}

function act(socket: Socket, what: SinkAct, onAccept: string): boolean {
  if (what === 'close') socket.destroy();
  else if (what === 'accept') socket.write(`${onAccept}\r\n`);
  else if (what !== 'silent') socket.write(`${what.reply}\r\n`);
  return what === 'accept';
}

/** One talk: commands by line, then the content up to its dot. */
function serve(socket: Socket, sink: Sink): void {
  let buffered = '';
  let to = '';
  let commands: string[] = [];
  let inData = false;
  const command = (line: string) => {
    const word = line.slice(0, 4).toUpperCase();
    if (word === 'MAIL') commands = [line];
    if (word === 'EHLO' || word === 'HELO') {
      const known = ['sink', ...(sink.manners.extensions ?? [])];
      socket.write(known.map((one, n) => `250${n < known.length - 1 ? '-' : ' '}${one}\r\n`).join(''));
    } else if (word === 'RCPT') {
      commands.push(line);
      to = /<([^>]*)>/.exec(line)?.[1] ?? '';
      act(socket, sink.manners.rcpt?.(to) ?? 'accept', '250 2.1.5 ok');
    } else if (word === 'DATA') {
      inData = true;
      socket.write('354 go on\r\n');
    } else if (word === 'QUIT') socket.end('221 bye\r\n');
    else socket.write('250 ok\r\n');
  };
  const content = (source: string) => {
    const mail = { to, commands, source, messageId: /^message-id: (<[^>]+>)/im.exec(source)?.[1] ?? '' };
    const what = sink.manners.data?.(mail) ?? 'accept';
    const kept = what === 'accept' || ((what === 'close' || what === 'silent') && sink.manners.keepsUnanswered);
    if (kept) sink.received.push(mail);
    act(socket, what, '250 2.0.0 queued');
  };
  socket.setEncoding('utf8').on('error', () => undefined);
  socket.on('data', (piece: string) => {
    buffered += piece;
    for (;;) {
      const end = buffered.indexOf(inData ? '\r\n.\r\n' : '\r\n');
      if (end < 0) return;
      const said = buffered.slice(0, end);
      buffered = buffered.slice(end + (inData ? 5 : 2));
      if (inData) {
        inData = false;
        content(said);
      } else command(said);
    }
  });
  act(socket, sink.manners.greet?.() ?? 'accept', '220 sink');
}

/** An SMTP server that takes everything, or fails as it is told, on a free port of this machine. */
export async function startSink(manners: SinkManners = {}, port = 0): Promise<Sink> {
  const talks = new Set<Socket>();
  const server = createServer((socket) => {
    talks.add(socket);
    socket.once('close', () => talks.delete(socket));
    serve(socket, sink);
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const taken = typeof address === 'object' && address !== null ? address.port : 0;
  const sink: Sink = {
    url: `smtp://127.0.0.1:${taken}`,
    received: [],
    manners,
    async stop() {
      for (const socket of talks) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
  return sink;
}
