import { setTimeout as sleep } from 'node:timers/promises';
import type { ServiceProcess } from '../services/processes.ts';

/** One part of the platform, started again when it dies. */
export interface Part {
  readonly name: string;
  /** The process of now. */
  current(): ServiceProcess;
  /** How often it died by itself. */
  deaths(): number;
  stop(): Promise<void>;
  kill(): void;
}

const LONGEST_PAUSE_MS = 30_000;
/** A part that lived this long starts again at once: its next death is another story. */
const HEALTHY_MS = 60_000;

/**
 * Starts a part and keeps it running: after its death, again with a pause that doubles from 0.5 s to 30 s. Rejects only when
 * the very first start does. `onChange` hears of each death and each return.
 */
export async function supervise(
  name: string,
  start: () => Promise<ServiceProcess>,
  onChange: (event: 'died' | 'back', part: Part) => void,
): Promise<Part> {
  let running = await start();
  let deaths = 0;
  const stopping = new AbortController();

  async function restart(): Promise<void> {
    for (let pause = 500; !stopping.signal.aborted; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      await sleep(pause, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      const next = await start().catch(() => undefined);
      if (next === undefined) continue;
      running = next;
      if (stopping.signal.aborted) return next.stop();
      onChange('back', part);
      const since = Date.now();
      await next.exited;
      if (stopping.signal.aborted) return;
      deaths += 1;
      onChange('died', part);
      if (Date.now() - since > HEALTHY_MS) pause = 250;
    }
  }

  const part: Part = {
    name,
    current: () => running,
    deaths: () => deaths,
    stop: () => {
      stopping.abort();
      return running.stop();
    },
    kill: () => {
      stopping.abort();
      running.kill();
    },
  };
  void running.exited.then(() => {
    if (stopping.signal.aborted) return;
    deaths += 1;
    onChange('died', part);
    void restart();
  });
  return part;
}
