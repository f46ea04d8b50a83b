import type { Command } from 'commander';
import { CHECKS, type Check } from './doctor-checks.ts';
import type { Finding } from './doctor-finding.ts';

const SIGNS: Readonly<Record<Finding['state'], string>> = { bien: '✓', attention: '!', faute: '✗' };

async function findingOf(check: Check): Promise<Finding> {
  try {
    return await check.run();
  } catch (error) {
    return { state: 'faute', what: error instanceof Error ? error.message : String(error) };
  }
}

/** `sofi doctor`: what the platform leans on, one line each, with what to do. */
export function register(program: Command): void {
  program
    .command('doctor')
    .description(
      'contrôle Node, la base, Temporal, le navigateur, le disque, l’horloge, et les lignes contre les documents',
    )
    .option('--json', 'les constats en JSON')
    .action(async ({ json }: { json?: boolean }) => {
      const findings = [];
      for (const check of CHECKS) {
        const finding = { name: check.name, ...(await findingOf(check)) };
        findings.push(finding);
        if (json !== true) print(finding);
      }
      if (json === true) process.stdout.write(`${JSON.stringify({ findings })}\n`);
      process.exitCode = findings.some(({ state }) => state === 'faute') ? 1 : 0;
    });
}

function print({ name, state, what, mend }: Finding & { readonly name: string }): void {
  process.stdout.write(`${SIGNS[state]} ${name} : ${what}\n${mend === undefined ? '' : `    → ${mend}\n`}`);
}
