import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { bilingual, faultInLog, StartFault } from '../services/faults.ts';
import type { Part } from './supervise.ts';

const READY_WITHIN_MS = 90_000;
/** A part that dies so often before the first answer will not get better by itself. */
const DEATHS_BEFORE_GIVING_UP = 3;

function neverReady(url: string, lost: Part | undefined, data: string): StartFault {
  const output = lost?.current().output() ?? '';
  const log = join(data, `${lost?.name ?? 'api'}.log`);
  const said = output.split('\n').find((line) => /Error|Cannot/.test(line)) ?? '';
  return (
    faultInLog(output, data) ??
    new StartFault(
      bilingual(`${url} ne répond pas 200. Voyez ${log}. ${said}`, `${url} does not answer 200. See ${log}.`),
    )
  );
}

/** Resolves when `url` answers 200; rejects when one of `parts` keeps dying or nothing answers in time, and on `stopping`. */
export async function untilReady(
  url: string,
  parts: readonly Part[],
  data: string,
  stopping: AbortSignal,
): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  for (;;) {
    stopping.throwIfAborted();
    const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await answer?.arrayBuffer().catch(() => undefined);
    if (answer?.status === 200) return;
    const lost = parts.find((part) => part.deaths() >= DEATHS_BEFORE_GIVING_UP);
    if (lost !== undefined || Date.now() > deadline) throw neverReady(url, lost, data);
    await sleep(100);
  }
}
