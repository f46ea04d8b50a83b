import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { z } from 'zod';
import type { release as releaseContract } from '../../domain/contract/release.contract.ts';
import { openPlatform, type Platform } from './platform-calls.ts';
import { Refused } from './verb-end.ts';

type Release = z.infer<typeof releaseContract>;

const LOOK_EVERY_MS = 500;

/** `sofi publish`: asks for a release now. */
export function register(program: Command): void {
  program
    .command('publish')
    .description('demande une publication maintenant ; rejoint celle qui est en cours')
    .option('--wait', 'attend la fin et donne le rapport')
    .option('--json', 'la publication en JSON')
    .action(async (options: { wait?: boolean; json?: boolean }) => {
      const platform = await openPlatform();
      const asked = await platform.call<Release>('POST', '/api/v1/releases', { kind: 'normal' });
      const release = options.wait === true ? await untilDone(platform, asked.n) : asked;
      process.stdout.write(options.json === true ? `${JSON.stringify(release)}\n` : `${sentenceOf(release)}\n`);
      if (release.state === 'failed') throw new Refused(`La publication ${release.n} a été abandonnée.`);
    });
}

async function untilDone(platform: Platform, n: number): Promise<Release> {
  for (;;) {
    const release = await platform.call<Release>('GET', `/api/v1/releases/${n}`);
    if (release.step === 'done' || release.state === 'failed' || release.state === 'stopped') return release;
    showProgress(release);
    await sleep(LOOK_EVERY_MS);
  }
}

function showProgress({ n, step, progress }: Release): void {
  if (!process.stderr.isTTY) return;
  const { done, total } = progress ?? {};
  const counted = total === undefined ? '' : ` ${done ?? 0}/${total}`;
  process.stderr.write(`\r\u001b[2KPublication ${n} : ${step}${counted}`);
}

function sentenceOf({ n, state, counts, difference, keptOut }: Release): string {
  if (counts === null || difference === null) return `Publication ${n} : ${state}`;
  const { added, changed, deleted } = difference;
  return [
    `Publication ${n} : ${counts.formations} formations, ${counts.actions} actions, ${counts.sessions} sessions`,
    `  ${added} nouvelles, ${changed} changées, ${deleted} disparues`,
    ...keptOut.map(({ numero, fiche, reason }) => `  tenue à l'écart : ${numero === '' ? fiche : numero} (${reason})`),
  ].join('\n');
}
