import { createServer, type Server, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Pulse } from './pulse.ts';

/** Longer than a look waits for an answer. */
const HELD_UP_MS = 1_300;
const READY = Buffer.from([0x5a, 0, 0, 0, 5, 0x49]);
const LET_IN = Buffer.concat([Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 0]), READY]);
const ANSWER = Buffer.concat([Buffer.from([0x43, 0, 0, 0, 13]), Buffer.from('SELECT 1\0'), READY]);

function holdUp(ms: number): void {
  const ends = performance.now() + ms;
  while (performance.now() < ends);
}

describe('the pulse of a database', () => {
  let server: Server | undefined;
  let pulse: Pulse | undefined;

  const listen = async (welcome: (socket: Socket) => void): Promise<Pulse> => {
    const opened = createServer((socket) => {
      socket.on('error', () => undefined);
      welcome(socket);
    });
    server = opened;
    await new Promise<void>((resolve) => {
      opened.listen(0, '127.0.0.1', resolve);
    });
    const address = opened.address();
    const port = typeof address === 'object' && address !== null ? address.port : 0;
    pulse = new Pulse(`postgres://nobody@127.0.0.1:${port}/none?sslmode=disable`);
    return pulse;
  };

  afterEach(() => {
    pulse?.close();
    server?.close();
  });

  it('is gone when the server takes connections and says nothing', async () => {
    const silent = await listen(() => undefined);
    const never = new Promise<never>(() => undefined);
    await expect(silent.within(() => never)).rejects.toMatchObject({ code: 'base-absente' });
  }, 30_000);

  it('is not gone when this process was too busy to hear the answer', async () => {
    let looks = 0;
    let heard: (answer: string) => void = () => undefined;
    const answered = new Promise<string>((resolve) => {
      heard = resolve;
    });
    const busy = await listen((socket) => {
      looks += 1;
      if (looks === 1) holdUp(HELD_UP_MS);
      socket.once('data', () => {
        socket.write(LET_IN);
        socket.on('data', (bytes) => {
          if (bytes[0] !== 0x51) return;
          socket.write(ANSWER);
          if (looks > 1) setTimeout(heard, 100, 'answered');
        });
      });
    });
    await expect(busy.within(() => answered)).resolves.toBe('answered');
    expect(looks).toBeGreaterThan(1);
  }, 30_000);
});
