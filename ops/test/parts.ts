import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../services/folders.ts';
import { findChromium } from './chromium.ts';
import { readJestReport, readPlaywrightReport } from './reports.ts';
import { BROKEN, type Result } from './result.ts';
import type { Ran, Runner } from './runner.ts';
import { sharedReadings } from './shared-readings.ts';

export const PARTS = ['types', 'lint', 'layers', 'unit', 'workflow', 'integration', 'browser'] as const;
export type PartName = (typeof PARTS)[number];
/** Parts that read the sources and start nothing. */
export const STATIC = ['types', 'lint', 'layers'] as const satisfies readonly PartName[];

/** Test files at once on two cores: unit tests work, the others wait for servers most of the time. */
const AT_ONCE = { unit: 2, workflow: 3, integration: 3 } as const;

/** The rooms of the house that are built. */
const FOLDERS = ['domain', 'workflows', 'workers', 'mail', 'api', 'admin-ui', 'db', 'ops'].filter((folder) =>
  existsSync(join(root, folder)),
);
const tool = (path: string): string => join(root, 'node_modules', path);

/** One check of the sources is one test. Its output is shown when it fails. */
function check(name: string, { ok, output }: Ran): Result {
  if (ok) return { passed: 1, failed: 0, skipped: 0 };
  console.log(`✗ ${name}\n${output.trim()}`);
  return BROKEN;
}

async function lint(runner: Runner): Promise<Result> {
  const format = check(
    'biome',
    await runner.node('biome', [tool('@biomejs/biome/bin/biome'), 'check', '.'], { live: false }),
  );
  const oxlint = [tool('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'];
  const rules = check('oxlint', await runner.node('oxlint', oxlint, { live: false }));
  return { passed: format.passed + rules.passed, failed: format.failed + rules.failed, skipped: 0 };
}

async function layers(runner: Runner): Promise<Result> {
  const cruise = [
    tool('dependency-cruiser/bin/dependency-cruiser.mjs'),
    '--config',
    '.dependency-cruiser.cjs',
    ...FOLDERS,
  ];
  const arrows = check('layers', await runner.node('layers', cruise, { live: false }));
  const readings = await sharedReadings(FOLDERS);
  const alone = check('nothing reads ../shared at run time', {
    ok: readings.length === 0,
    output: readings.join('\n'),
  });
  return { passed: arrows.passed + alone.passed, failed: arrows.failed + alone.failed, skipped: 0 };
}

async function jest(
  runner: Runner,
  part: 'unit' | 'workflow' | 'integration',
  paths: readonly string[],
): Promise<Result> {
  const config = ['--experimental-vm-modules', tool('jest/bin/jest.js'), '-c', `ops/test/jest.${part}.mjs`];
  const report = ['--json', '--outputFile', runner.reportFile(part)];
  const { ok, output } = await runner.node(
    part,
    [...config, ...report, `--maxWorkers=${AT_ONCE[part]}`, '--passWithNoTests', ...paths],
    { live: false },
  );
  const written = await runner.report(part);
  const result = written === undefined ? BROKEN : readJestReport(written);
  if (!ok || result.failed > 0) console.log(withoutReport(output));
  else for (const loud of output.match(/^.*\bSKIPPED?\b.*$/gm) ?? []) console.log(loud);
  return ok || result.failed > 0 ? result : { ...result, failed: 1 };
}

/** jest also prints its JSON report, as one line. */
function withoutReport(output: string): string {
  return output
    .split('\n')
    .filter((line) => !line.startsWith('{"numFailedTestSuites"'))
    .join('\n')
    .trim();
}

async function browser(runner: Runner, paths: readonly string[]): Promise<Result> {
  const chromium = await findChromium((line) => console.log(line));
  if (chromium === undefined) {
    console.log(
      '! SKIPPED: no Chromium here and none can be installed; the browser tests did not run. Set SOFI_CHROMIUM to its path.',
    );
    return { passed: 0, failed: 0, skipped: 1 };
  }
  const args = [
    tool('@playwright/test/cli.js'),
    'test',
    '-c',
    'ops/test/playwright.config.ts',
    '--pass-with-no-tests',
    ...paths,
  ];
  const env = { SOFI_CHROMIUM: chromium, PLAYWRIGHT_JSON_OUTPUT_NAME: runner.reportFile('browser') };
  const { ok, output } = await runner.node('browser', args, { live: true, env });
  const written = await runner.report('browser');
  if (written === undefined)
    return ok && /no tests found/i.test(output) ? { passed: 0, failed: 0, skipped: 0 } : BROKEN;
  const result = readPlaywrightReport(written);
  return ok || result.failed > 0 ? result : { ...result, failed: 1 };
}

/** Runs one part; `paths` narrow it to some test files. */
export function runPart(part: PartName, runner: Runner, paths: readonly string[]): Promise<Result> {
  switch (part) {
    case 'types':
      return runner
        .node('tsc', [tool('typescript/bin/tsc'), '--noEmit'], { live: false })
        .then((ran) => check('types', ran));
    case 'lint':
      return lint(runner);
    case 'layers':
      return layers(runner);
    case 'browser':
      return browser(runner, paths);
    default:
      return jest(runner, part, paths);
  }
}
