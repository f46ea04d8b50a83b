import { buildScreens } from '../start/screens.ts';
import { PARTS, type PartName, runPart, STATIC } from './parts.ts';
import { BROKEN, closingLine, type Result, sum } from './result.ts';
import { Runner } from './runner.ts';

/** A Ctrl-C came: nothing more is started or counted. */
let stopped = false;

/** The parts asked for and the paths that narrow them; all parts when none is named. */
function readArguments(args: readonly string[]): { parts: readonly PartName[]; paths: string[] } {
  const named = args.flatMap((arg) => (arg === 'static' ? [...STATIC] : PARTS.filter((part) => part === arg)));
  const paths = args.filter((arg) => arg !== 'static' && !PARTS.some((part) => part === arg));
  if (paths.length > 0 && named.length === 0) {
    console.error(`usage: npm test -- [static|${PARTS.join('|')}]… [path…]`);
    process.exit(2);
  }
  return { parts: named.length === 0 ? PARTS : named, paths };
}

async function timed(part: PartName, runner: Runner, paths: readonly string[]): Promise<Result> {
  const started = performance.now();
  const result = await runPart(part, runner, paths).catch((error: unknown) => {
    console.log(`✗ ${part}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    return BROKEN;
  });
  if (stopped) return result;
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${result.failed === 0 ? '✓' : '✗'} ${part.padEnd(12)} ${closingLine(result)} (${seconds} s)`);
  return result;
}

async function inTurn(parts: readonly PartName[], runner: Runner, paths: readonly string[]): Promise<Result[]> {
  const results: Result[] = [];
  for (const part of parts) {
    if (stopped) break;
    results.push(await timed(part, runner, paths));
  }
  return results;
}

const { parts, paths } = readArguments(process.argv.slice(2));
const runner = await Runner.open();
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP', 'disconnect']) {
  process.on(signal, () => {
    if (stopped) return;
    stopped = true;
    void runner.close().then(() => process.exit(130));
  });
}
process.channel?.unref();

const asked = (part: PartName): boolean => parts.includes(part);
const sources = await Promise.all([
  inTurn(STATIC.filter(asked), runner, paths),
  inTurn((['unit'] as const).filter(asked), runner, paths),
]);
const platforms = (['integration', 'browser'] as const).some(asked);
// Once, before many platforms start at a time; when it fails, the tests that start one say why.
if (platforms && !stopped) await buildScreens().catch(() => undefined);
// A browser waits for its pages, and the others for their servers: side by side they leave the machine less idle.
const served = await Promise.all([
  inTurn((['browser'] as const).filter(asked), runner, paths),
  inTurn((['integration', 'workflow'] as const).filter(asked), runner, paths),
]);
const total = sum([...sources, ...served].flat());
await runner.close();
if (!stopped) {
  console.log(closingLine(total));
  process.exit(total.failed === 0 ? 0 : 1);
}
