import { faultOf } from '../services/faults.ts';
import { Platform } from './platform.ts';
import { lineReport } from './report.ts';
import type { RunFile } from './run-file.ts';
import { readStartSettings, type StartSettings } from './settings.ts';

const DEMO_PEOPLE = ['moderatrice', 'moderateur', 'admin', 'of1', 'of2', 'consommateur'].map(
  (name) => `${name}@demo.sofi`,
);
/** One Ctrl-C may reach us several times: from the terminal and from npm. */
const SAME_SIGNAL_MS = 1_000;

// Whoever reads our lines may go away (`npm start | head`): the platform goes on.
for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);

const started = performance.now();
const print = (line: string): void => console.log(line);

function welcome(settings: StartSettings, run: RunFile): void {
  const seconds = ((performance.now() - started) / 1000).toFixed(1).replace('.', ',');
  print(`\nSOFI est prêt / SOFI is ready (${seconds} s)\n`);
  const labels: Record<string, string> = {
    site: 'Site public / public site',
    console: 'Console (Cariforef)',
    of: 'Espace OF / OF space',
    api: 'API',
    flux: 'Flux / feeds',
    courriels: 'Courriels / mails (demo)',
    temporal: 'Temporal',
  };
  for (const [name, address] of Object.entries(run.addresses))
    print(`  ${(labels[name] ?? name).padEnd(27)} ${address}`);
  if (settings.demo)
    print(`\n  Personnes de démonstration / demo people (${run.addresses.site}login)\n    ${DEMO_PEOPLE.join('  ')}`);
  print(`\n  Données / data: ${settings.data}\n  Ctrl-C arrête tout / stops everything\n`);
}

/** Says what went wrong in the words of a person, or as it is when nobody foresaw it; the exit code follows. */
function explain(error: unknown): number {
  const fault = faultOf(error);
  console.error(`\n✗ ${fault?.message ?? (error instanceof Error ? error.stack : String(error))}`);
  return fault?.exitCode ?? 1;
}

async function main(): Promise<void> {
  const settings = readStartSettings(process.env);
  const platform = new Platform(settings, lineReport(print));
  let stoppedAt: number | undefined;
  const stop = async (): Promise<void> => {
    if (stoppedAt !== undefined) {
      if (Date.now() - stoppedAt < SAME_SIGNAL_MS) return;
      platform.kill();
      process.exit(130);
    }
    stoppedAt = Date.now();
    print('\nArrêt / stopping…');
    await platform.stop();
    print(`Arrêté / stopped (${((Date.now() - stoppedAt) / 1000).toFixed(1).replace('.', ',')} s)`);
    process.exit(0);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) process.on(signal, () => void stop());
  process.channel?.unref();

  try {
    welcome(settings, await platform.start());
  } catch (error) {
    if (stoppedAt !== undefined) return;
    stoppedAt = Date.now();
    const code = explain(error);
    await platform.stop();
    process.exit(code);
  }
}

main().catch((error: unknown) => process.exit(explain(error)));
