import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';

const EVERY_MS = 100;
const CALL_MS = 5_000;

export interface FeedWatch {
  /** Ends the watch; answers how many whole files were read and what was wrong with any. */
  readonly stop: () => Promise<{ readonly read: number; readonly wrong: readonly string[] }>;
}

async function look(url: string): Promise<string | undefined> {
  const response = await fetch(`${url}/flux/lheo-2.3.xml`, {
    headers: { 'Accept-Encoding': 'identity' },
    signal: AbortSignal.timeout(CALL_MS),
  });
  const bytes = Buffer.from(await response.arrayBuffer());
  if (response.status !== 200) return undefined;
  const sha = createHash('sha256').update(bytes).digest('hex');
  return response.headers.get('ETag') === `"${sha}"` ? '' : `a file of ${bytes.length} bytes is not its ETag`;
}

/** Reads the full feed again and again while things break: each file that is served must be whole. */
export function watchFeed(url: string): FeedWatch {
  let [stopped, read] = [false, 0];
  const wrong: string[] = [];
  const run = async () => {
    while (!stopped) {
      const said = await look(url).catch(() => undefined);
      if (said !== undefined) read += 1;
      if (said) wrong.push(said);
      await sleep(EVERY_MS);
    }
  };
  const ended = run();
  return {
    async stop() {
      stopped = true;
      await ended;
      return { read, wrong };
    },
  };
}
