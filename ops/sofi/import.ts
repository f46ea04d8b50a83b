import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { type Command, Option } from 'commander';
import type { ImportReport } from '../../domain/contract/import.contract.ts';
import { IMPORT_MODES, IMPORT_SOURCES } from '../../domain/model/vocabulary.ts';
import { sayReport } from './import-report.ts';
import { openPlatform, type Platform } from './platform-calls.ts';
import { Refused } from './verb-end.ts';

const LOOK_EVERY_MS = 500;

interface Options {
  readonly source: string;
  readonly mode: string;
  readonly dryRun?: boolean;
  readonly wait?: boolean;
  readonly json?: boolean;
}

/** `sofi import FILE`: hands a file to the running platform. */
export function register(program: Command): void {
  const sources = Object.keys(IMPORT_SOURCES).filter((source) => source !== 'fichier');
  program
    .command('import')
    .description('remet un fichier LHÉO à la plateforme ; 1 si le fichier, ou chacune de ses formations, est refusé')
    .argument('<FILE>', 'fichier : XML, gzip, zip, ou - pour l’entrée standard')
    .addOption(new Option('--source <NAME>', 'flux déclaré').default('intercarif', sources.join(', ')))
    .addOption(new Option('--mode <MODE>', 'ce que veut dire une absence').choices(IMPORT_MODES).default('partiel'))
    .option('--dry-run', 'importe pour voir : seul le rapport reste')
    .option('--wait', 'attend la fin et donne le rapport')
    .option('--json', 'le rapport en JSON')
    .action((file: string, options: Options) => importFile(file, options));
}

async function importFile(file: string, options: Options): Promise<void> {
  const platform = await openPlatform();
  const asked = new URLSearchParams({
    source: options.source,
    mode: options.mode,
    dryRun: options.dryRun === true ? '1' : '0',
  });
  const sent = await platform.send<ImportReport>(`/api/v1/imports?${asked}`, await blobOf(file), {
    'Content-Type': 'application/octet-stream',
    'Content-Disposition': `attachment; filename*=UTF-8''${encodeURIComponent(basename(file))}`,
    'Accept-Language': 'fr',
  });
  const report = options.wait === true ? await untilDone(platform, sent.id) : sent;
  process.stdout.write(options.json === true ? `${JSON.stringify(report)}\n` : sayReport(report));
  if (report.state === 'failed') throw new Refused(report.error?.message ?? `L'import ${report.id} a échoué.`);
  if (report.read > 0 && report.refused.length === report.read) throw new Refused('Aucune formation n’a été prise.');
}

async function blobOf(file: string): Promise<Blob> {
  return file === '-' ? new Blob([await buffer(process.stdin)]) : openAsBlob(file);
}

async function untilDone(platform: Platform, id: string): Promise<ImportReport> {
  for (;;) {
    const report = await platform.call<ImportReport>('GET', `/api/v1/imports/${id}`);
    showProgress(report);
    if (report.state !== 'running') return report;
    await sleep(LOOK_EVERY_MS);
  }
}

function showProgress({ state, read, created, changed }: ImportReport): void {
  if (!process.stderr.isTTY) return;
  const line = state === 'running' ? `${read} formations lues, ${created} nouvelles, ${changed} changées` : '';
  process.stderr.write(`\r\u001b[2K${line}`);
}
