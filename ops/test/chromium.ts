import { access } from 'node:fs/promises';
import { isRoot } from '../services/folders.ts';
import { runToEnd } from '../services/processes.ts';

const USUAL_PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

async function firstThere(places: readonly string[]): Promise<string | undefined> {
  for (const place of places) {
    const there = await access(place).then(
      () => true,
      () => false,
    );
    if (there) return place;
  }
  return undefined;
}

/** The browser that is there already, undefined when none is. */
export function presentChromium(): Promise<string | undefined> {
  const { SOFI_CHROMIUM: given } = process.env;
  return firstThere(given ? [given] : USUAL_PLACES);
}

/** The browser of the tests: SOFI_CHROMIUM, one in a usual place, or Debian's, installed when we may; undefined when none can be had. */
export async function findChromium(say: (line: string) => void): Promise<string | undefined> {
  const { SOFI_CHROMIUM: given } = process.env;
  const found = await firstThere(given ? [given] : USUAL_PLACES);
  if (found !== undefined || given) return found;
  if (!isRoot() || (await firstThere(['/usr/bin/apt-get'])) === undefined) return undefined;
  try {
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    say('· Installation de Chromium / installing Chromium (apt-get)…');
    await runToEnd({ name: 'apt-get update', command: 'apt-get', args: ['update', '-q'], env });
    say('  … apt-get install chromium');
    const install = ['install', '-y', '-q', '--no-install-recommends', 'chromium'];
    await runToEnd({ name: 'apt-get install', command: 'apt-get', args: install, env });
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
  }
  return firstThere(USUAL_PLACES);
}
